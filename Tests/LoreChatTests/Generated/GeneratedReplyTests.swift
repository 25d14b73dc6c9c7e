import LoreChat
import LoreCore
import TestSupport
import Testing

/// 10,000 outputs of a model on their way from its pieces to quotes that are checked.
@Suite struct GeneratedReplyTests {
    /// What became of a reply that came in `pieces`.
    private func cited(_ pieces: [String], of count: Int, seed: UInt64) -> CitedText {
        var stream = AnswerTextStream(passages: count, knowing: [GeneratedReply.addresses[0]])
        var shown = pieces.map { stream.read($0) }.joined()
        shown += stream.finish()
        #expect(Array(shown.utf8) == Array(stream.cited.text.utf8), "seed \(seed)")
        return stream.cited
    }

    /// The shown text and all that is checked of it, with the reply cut in some way.
    private func check(_ seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let notes = GeneratedNotes(&random)
        let reply = GeneratedReply(from: notes.passages, &random).text
        let cited = cited([reply], of: notes.passages.count, seed: seed)
        let pieces = GeneratedReply.pieces(of: reply, &random)
        let cut = self.cited(pieces, of: notes.passages.count, seed: seed)
        #expect(Array(cut.text.utf8) == Array(cited.text.utf8), "seed \(seed)")
        #expect(cut.marks == cited.marks, "seed \(seed)")
        let citations = cited.citations(of: notes.passages, answering: "What of the boiler?")
        let numbers = GeneratedReply.numbers(in: cited.text)
        #expect(numbers == cited.marks.map(\.number), "seed \(seed): \(reply.debugDescription)")
        #expect(distinct(numbers) == distinct(citations.map(\.number)), "seed \(seed)")
        #expect(numbers.allSatisfy((1...notes.passages.count).contains), "seed \(seed)")
        try await expectTrueQuotes(citations, notes, "seed \(seed)")
    }

    @Test(arguments: 0..<10)
    func `numbers of text and citations are equal, and no quote is shown that no file holds`(
        _ tenth: UInt64
    ) async throws {
        for seed in (tenth * 1_000)..<(tenth * 1_000 + 1_000) { try await check(seed) }
    }
}

/// Checks that of `citations` those are verified, and have their quotes shown, that stand in their
/// files now.
func expectTrueQuotes(
    _ citations: [Citation], _ notes: GeneratedNotes, _ comment: Comment
) async throws {
    let verifier = CitationVerifier { _, path in notes.now[path].map { NoteText(bytes: $0) } }
    for citation in try await verifier.verified(citations) {
        let (bytes, quote) = (notes.now[citation.path] ?? [], Array(citation.quote.utf8))
        #expect(citation.verified == holds(bytes, quote), comment)
        #expect(citation.shownQuote == (citation.verified ? citation.quote : ""), comment)
        guard citation.verified else { continue }
        let range = citation.range
        let (before, rest) = (
            bytes.prefix(range.bytes.lowerBound), bytes.dropFirst(range.bytes.lowerBound)
        )
        #expect(Array(rest.prefix(range.bytes.count)) == quote, comment)
        #expect(range.lines.lowerBound == before.count { $0 == UInt8(ascii: "\n") } + 1, comment)
    }
}

/// Whether `quote`, which is not empty, stands in `bytes`.
private func holds(_ bytes: [UInt8], _ quote: [UInt8]) -> Bool {
    guard !quote.isEmpty, bytes.count >= quote.count else { return false }
    return (0...(bytes.count - quote.count)).contains { bytes[$0...].starts(with: quote) }
}

/// `numbers` without those that were there before.
func distinct(_ numbers: [Int]) -> [Int] {
    numbers.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
}
