import LoreChat
import TestSupport
import Testing

@Suite struct StatementStreamTests {
    private let reply = #"""
        {"statements": [
          {"text": "Steep it for „four“ minutes — 🍵.", "sources": ["1.1", "2.3"]},
          {"text": "A \"quoted\" brace } and \\ and \ud83c\udf75 ]", "sources": []},
          {"sources": ["1.2"], "text": "Order does not matter."}
        ]}
        """#
    private let statements = [
        Statement(text: "Steep it for „four“ minutes — 🍵.", sources: ["1.1", "2.3"]),
        Statement(text: #"A "quoted" brace } and \ and 🍵 ]"#, sources: []),
        Statement(text: "Order does not matter.", sources: ["1.2"]),
    ]

    private func read(_ pieces: [String]) -> [Statement] {
        var stream = StatementStream()
        return pieces.flatMap { stream.read($0) }
    }

    @Test func `statements are read out of a list`() {
        #expect(read([reply]) == statements)
    }

    @Test func `any split into two gives the same statements`() {
        let scalars = reply.unicodeScalars
        for index in scalars.indices {
            let pieces = [String(scalars[..<index]), String(scalars[index...])]
            #expect(read(pieces) == statements)
        }
    }

    @Test func `any split into pieces gives the same statements`() {
        var random = SeededRandom(seed: 7)
        for round in 0..<500 {
            var pieces = [""]
            for scalar in reply.unicodeScalars {
                if Int.random(in: 0..<6, using: &random) == 0 { pieces.append("") }
                pieces[pieces.count - 1].unicodeScalars.append(scalar)
            }
            #expect(read(pieces) == statements, "seed 7, round \(round)")
        }
    }

    @Test func `a statement comes with its last character`() {
        var stream = StatementStream()
        var ends: [Int] = []
        for (index, character) in reply.enumerated() {
            ends += stream.read(String(character)).map { _ in index }
        }

        let characters = Array(reply)
        #expect(ends.count == 3)
        #expect(ends.allSatisfy { characters[$0] == "}" })
    }

    @Test func `a statement that was cut off is none`() {
        #expect(read([String(reply.dropLast(8))]) == Array(statements.dropLast()))
    }

    @Test(arguments: [
        #"```json {"statements":[{"text":"A","sources":["1.1"]}]} ```"#,
        #"Say "yes to this: {"statements":[{"text":"A","sources":["1.1"]}]} [1]"#,
        #"[{"text":"A","sources":["1.1"]}]"#,
        #"{"statements":[{"text":"A","sources":["1.1"],"why":[{"text":"inner"}]}]}"#,
        #"{"statements":[{"sources":["1.2"]},{"text":"A","sources":["1.1",2]},{"text":3}]}"#,
    ])
    func `what is around it or beside it does no harm`(text: String) {
        #expect(read([text]) == [Statement(text: "A", sources: ["1.1"])])
    }

    @Test(arguments: ["", "Four minutes [1].", #"{"statements":[]}"#, "]}]}", #"{"text":"A"}"#])
    func `where there are none there are none`(text: String) {
        #expect(read([text]).isEmpty)
    }
}
