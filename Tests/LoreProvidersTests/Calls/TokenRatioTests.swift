import LoreProviders
import TestSupport
import Testing

@Suite struct TokenRatioTests {
    @Test func `before anything was counted, a token has at least 3.2 bytes`() {
        #expect(TokenRatio().most(bytes: 3200) == 1000)
    }

    @Test func `the first count is taken with a margin of a fifth`() {
        var ratio = TokenRatio()

        ratio.learn(bytes: 4000, tokens: 1000)

        #expect(ratio.most(bytes: 4000) == 1200)
    }

    @Test func `counts that agree bring the margin down to a twentieth`() {
        var ratio = TokenRatio()

        for _ in 0..<20 { ratio.learn(bytes: 4000, tokens: 1000) }

        #expect(ratio.most(bytes: 4000) == 1050)
    }

    @Test func `counts that differ widen it`() {
        var ratio = TokenRatio()

        ratio.learn(bytes: 1000, tokens: 240)
        ratio.learn(bytes: 1000, tokens: 320)

        // Mean 0.24 + 0.08 / 8 = 0.25, deviation 0.012 + (0.08 - 0.012) / 4 = 0.029.
        #expect(ratio.most(bytes: 1000) == 366)
    }

    @Test func `short requests and counts that cannot be are passed over`() {
        var ratio = TokenRatio()

        ratio.learn(bytes: 400, tokens: 200)
        ratio.learn(bytes: 40_000, tokens: 4096)
        ratio.learn(bytes: 1000, tokens: 2000)
        ratio.learn(bytes: 1000, tokens: 0)

        #expect(ratio == TokenRatio())
    }

    @Test func `however few tokens were counted, a token has no more than 5 bytes`() {
        var ratio = TokenRatio()

        for _ in 0..<20 { ratio.learn(bytes: 7000, tokens: 1000) }

        #expect(ratio.most(bytes: 5000) == 1000)
    }

    @Test func `of texts of one kind hardly any is longer than estimated`() {
        var random = SeededRandom(seed: 7)
        var ratio = TokenRatio()
        var tooFew = 0
        for _ in 0..<1000 {
            let bytes = Int.random(in: 2000...20_000, using: &random)
            let tokens = Int(Double(bytes) * Double.random(in: 0.22...0.28, using: &random))
            if tokens > ratio.most(bytes: bytes) { tooFew += 1 }
            ratio.learn(bytes: bytes, tokens: tokens)
        }

        #expect(tooFew <= 10)
    }
}
