import LoreCore

/// Chooses which neighbouring pieces of a section share a chunk.
///
/// The choice is the one with the least badness, as TeX breaks a paragraph into lines: what a chunk
/// leaves unused counts squared, so that chunks are few and of nearly equal length, and beginning a
/// chunk inside a block costs extra. A long section is first divided at anchors, so that an edit
/// moves no chunk far from it.
///
/// - SeeAlso: Knuth and Plass 1981, doi:10.1002/spe.4380111102
struct ChunkPacker {
    /// What it costs to part a block that could have stayed whole, in chunks left empty.
    private static let cutPenalty = 0.1
    /// Pieces that one chunk may hold; a bound on the work for pieces without tokens.
    private static let maxPieces = 512

    let pieces: [Piece]
    /// Tokens that the text of a chunk may have.
    let room: Int
    let maxBytes: Int

    /// A chunk: the pieces that it holds.
    func chunks(anchors: [Int]) -> [Range<Int>] {
        var chunks: [Range<Int>] = []
        for (start, end) in zip([0] + anchors, anchors + [pieces.count]) {
            chunks += best(start..<end)
        }
        return chunks
    }

    /// The best division of some pieces into chunks.
    private func best(_ segment: Range<Int>) -> [Range<Int>] {
        var cost = [Double](repeating: .infinity, count: segment.count + 1)
        var begin = [Int](repeating: 0, count: segment.count + 1)
        cost[0] = 0
        for last in segment {
            let end = last + 1
            var tokens = 0
            for start in (segment.lowerBound...last).reversed() {
                tokens += pieces[start].tokens
                let fits = fits(start..<end, tokens: tokens)
                if !fits, start < last { break }
                let total = cost[start - segment.lowerBound] + badness(start, tokens: tokens)
                // At equal cost the chunk with fewer pieces, met first, stays.
                if total < cost[end - segment.lowerBound] {
                    cost[end - segment.lowerBound] = total
                    begin[end - segment.lowerBound] = start
                }
                if !fits { break }
            }
        }
        var chunks: [Range<Int>] = []
        var end = segment.upperBound
        while end > segment.lowerBound {
            chunks.append(begin[end - segment.lowerBound]..<end)
            end = begin[end - segment.lowerBound]
        }
        return chunks.reversed()
    }

    private func fits(_ range: Range<Int>, tokens: Int) -> Bool {
        let bytes =
            pieces[range.upperBound - 1].bytes.upperBound
            - pieces[range.lowerBound].bytes.lowerBound
        let lead = pieces[range.lowerBound].lead?.tokens ?? 0
        return tokens + lead <= room && bytes <= maxBytes && range.count <= Self.maxPieces
    }

    private func badness(_ start: Int, tokens: Int) -> Double {
        let unused = Double(max(0, room - tokens)) / Double(room)
        return unused * unused + (pieces[start].continuesBlock ? Self.cutPenalty : 0)
    }
}
