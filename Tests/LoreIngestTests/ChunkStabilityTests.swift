import LoreCore
import LoreIngest
import TestSupport
import Testing

/// An edit costs the chunks it touches, however long the note.
@Suite struct ChunkStabilityTests {
    private let chunker = Chunker(counter: SpaceCounter(), maxTokens: 200)

    /// Texts that have to be embedded when `before` becomes `after`.
    private func embeddings(from before: String, to after: String) throws -> Int {
        let old = Set(try chunks(before).map(\.embeddedTextHash))
        return Set(try chunks(after).map(\.embeddedTextHash)).subtracting(old).count
    }

    private func chunks(_ text: String) throws -> [Chunk] {
        chunker.chunks(
            of: try DocumentReader(maxFileBytes: 100_000_000).document(
                path: "n.md", format: .markdown, bytes: Array(text.utf8)))
    }

    private func sentence(_ random: inout SeededRandom) -> String {
        let words = (0..<Int.random(in: 4...20, using: &random)).map { _ in
            "w\(Int.random(in: 0..<5000, using: &random))"
        }
        return "Then " + words.joined(separator: " ") + "."
    }

    private func paragraphs(
        _ count: Int, sentences: ClosedRange<Int>, _ random: inout SeededRandom
    ) -> [[String]] {
        (0..<count).map { _ in
            (0..<Int.random(in: sentences, using: &random)).map { _ in sentence(&random) }
        }
    }

    private func text(_ paragraphs: [[String]], headingEvery distance: Int?) -> String {
        paragraphs.enumerated().map { index, sentences in
            let heading = distance.map { index % $0 == 0 ? "## Part \(index)\n\n" : "" } ?? ""
            return heading + sentences.joined(separator: " ")
        }.joined(separator: "\n\n")
    }

    /// How many of some random edits, in two notes, embed how many texts.
    private func costs(
        of edits: Int, paragraphs count: Int, sentences: ClosedRange<Int>,
        headingEvery distance: Int?
    ) throws -> [Int: Int] {
        var random = SeededRandom(seed: 7)
        var costs: [Int: Int] = [:]
        for _ in 0..<2 {
            let before = paragraphs(count, sentences: sentences, &random)
            let old = text(before, headingEvery: distance)
            #expect(try chunks(old).count >= 200)
            for _ in 0..<edits {
                let new = text(edited(before, &random), headingEvery: distance)
                costs[try embeddings(from: old, to: new), default: 0] += 1
            }
        }
        return costs
    }

    private func edited(_ paragraphs: [[String]], _ random: inout SeededRandom) -> [[String]] {
        var paragraphs = paragraphs
        let paragraph = Int.random(in: 0..<paragraphs.count, using: &random)
        let place = Int.random(in: 0..<paragraphs[paragraph].count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: paragraphs[paragraph][place] = sentence(&random)
        case 1: paragraphs[paragraph].insert(sentence(&random), at: place)
        default: paragraphs[paragraph][place] += " more"
        }
        return paragraphs
    }

    @Test func `under headings an edit embeds one or two of 200 chunks`() throws {
        let costs = try costs(of: 12, paragraphs: 450, sentences: 4...9, headingEvery: 2)
        #expect(costs.keys.allSatisfy { $0 <= 2 }, "\(costs)")
    }

    /// Where an edit changes the very words by which a place is an anchor, its neighbours may move.
    @Test func `without headings an edit embeds one or two of 200 chunks, seldom a few more`()
        throws
    {
        let costs = try costs(of: 12, paragraphs: 600, sentences: 2...7, headingEvery: nil)
        #expect(costs.filter { $0.key <= 2 }.values.reduce(0, +) >= 20, "\(costs)")
        #expect(costs.keys.allSatisfy { $0 <= 6 }, "\(costs)")
    }

    @Test func `a single paragraph of 200 chunks is cut anew only around an edit`() throws {
        let costs = try costs(
            of: 6, paragraphs: 1, sentences: 2700...2700, headingEvery: nil)
        #expect(costs.keys.allSatisfy { $0 <= 6 }, "\(costs)")
    }
}

/// Counts white space: fast without optimisation, and near enough to words.
private struct SpaceCounter: TokenCounter {
    var name: String { "spaces" }

    func countTokens(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 1
        var index = 0
        while index < text.count {
            if text[index] == 0x20 { count += 1 }
            index += 1
        }
        return count
    }
}
