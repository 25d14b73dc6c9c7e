import LoreChat
import LoreCore
import TestSupport
import Testing

/// 10,000 outputs of a model that is to reply with statements, on their way from pieces to quotes.
@Suite struct GeneratedStatementsTests {
    private func statements(_ pieces: [String]) -> [Statement] {
        var stream = StatementStream()
        return pieces.flatMap { stream.read($0) }
    }

    /// The text of `statements`, each of which is shown with the numbers of its own passages.
    private func text(
        _ statements: [Statement], _ sentences: QuotableSentences, _ comment: Comment
    ) -> StatementText {
        var text = StatementText(
            sentences, answering: "How long?", knowing: [GeneratedReply.addresses[0]])
        var shown = ""
        for statement in statements {
            let piece = text.add(statement)
            let numbers = GeneratedReply.numbers(in: piece)
            #expect(numbers == distinct(numbers), comment)
            #expect(numbers.allSatisfy(text.citations.map(\.number).contains), comment)
            shown += piece
        }
        #expect(shown == text.text, comment)
        return text
    }

    private func check(_ seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let notes = GeneratedNotes(&random)
        let reply = GeneratedStatements(from: notes.passages, &random).text
        let statements = statements([reply])
        let cut = self.statements(GeneratedReply.pieces(of: reply, &random))
        #expect(cut == statements, "seed \(seed)")
        let sentences = QuotableSentences(of: notes.passages)
        let text = text(statements, sentences, "seed \(seed): \(reply.debugDescription)")
        let numbers = GeneratedReply.numbers(in: text.text)
        #expect(distinct(numbers) == distinct(text.citations.map(\.number)), "seed \(seed)")
        #expect(numbers.allSatisfy((1...notes.passages.count).contains), "seed \(seed)")
        try await expectTrueQuotes(text.citations, notes, "seed \(seed)")
    }

    @Test(arguments: 0..<10)
    func `a statement has the numbers of its sources, and no quote is shown that no file holds`(
        _ tenth: UInt64
    ) async throws {
        for seed in (tenth * 1_000)..<(tenth * 1_000 + 1_000) { try await check(seed) }
    }
}
