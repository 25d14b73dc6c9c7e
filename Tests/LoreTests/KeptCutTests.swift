import LoreCore
import Testing

@testable import Lore

@Suite struct KeptCutTests {
    private func serves(_ cut: String, by wanted: String, room: Int?) throws -> Bool {
        let wanted = try #require(ChunkingFingerprint(wanted))
        return KeptCut(wanted: wanted, room: room).serves(cut)
    }

    @Test func `a fingerprint is read as it is written`() throws {
        let fingerprint = ChunkingFingerprint(version: 2, maxTokens: 200, counter: "a/b-1")

        #expect(ChunkingFingerprint(fingerprint.description) == fingerprint)
        #expect(ChunkingFingerprint("v2/200") == nil)
        #expect(ChunkingFingerprint("2/200/a") == nil)
    }

    @Test func `the same cut serves`() throws {
        #expect(try serves("v2/62/a", by: "v2/62/a", room: 62))
    }

    @Test func `another tokenizer's chunks stay where the model reads twice as much`() throws {
        #expect(try serves("v2/200/a", by: "v2/200/b", room: 400))
        #expect(try !serves("v2/200/a", by: "v2/200/b", room: 399))
    }

    @Test func `chunks of another size are cut anew`() throws {
        #expect(try !serves("v2/62/a", by: "v2/200/a", room: 510))
        #expect(try !serves("v2/200/a", by: "v2/62/a", room: 62))
    }

    @Test func `chunks of another version are cut anew`() throws {
        #expect(try !serves("v1/200/a", by: "v2/200/a", room: 510))
    }

    @Test func `a cut by the estimate gives way to a model's, never the other way round`() throws {
        #expect(try !serves("v2/200/estimate-1", by: "v2/200/a", room: 510))
        #expect(try serves("v2/200/a", by: "v2/200/estimate-1", room: nil))
    }
}
