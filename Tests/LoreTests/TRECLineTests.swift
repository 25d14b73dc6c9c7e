import Testing

@testable import Lore

@Suite struct TRECLineTests {
    @Test(
        arguments: [
            ("q1 Q0 d1 1 0.5 lore", "q1", "d1", 0.5),
            ("7\tQ0\tD-3\t12\t-1e3\tbm25\r", "7", "D-3", -1000),
            ("q1 Q0 my notes/a  b.md 3 2 lore", "q1", "my notes/a  b.md", 2),
        ] as [(String, String, String, Double)])
    func `a line is question, document and score`(
        text: String, question: String, document: String, score: Double
    ) throws {
        let line = try TRECLine(ArraySlice(text.utf8))

        #expect(line.question == question)
        #expect(line.document == document)
        #expect(line.score == score)
    }

    @Test(
        arguments: [
            ("q1 Q0 d1 1 0.5", .fewFields(5)),
            (#"{"set":"corpus"}"#, .fewFields(1)),
            ("q1 Q0 d1 first 0.5 lore", .noRank("first")),
            ("q1 Q0 d1 1 much lore", .noScore("much")),
            ("q1 Q0 d1 1 nan lore", .noScore("nan")),
        ] as [(String, TRECLine.Flaw)])
    func `a line of another kind is refused`(text: String, flaw: TRECLine.Flaw) {
        #expect(throws: flaw) { try TRECLine(ArraySlice(text.utf8)) }
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        let bytes = Array("q1 Q0 d".utf8) + [0xFF] + Array(" 1 0.5 lore".utf8)

        #expect(throws: TRECLine.Flaw.notUTF8) { try TRECLine(bytes[...]) }
    }
}
