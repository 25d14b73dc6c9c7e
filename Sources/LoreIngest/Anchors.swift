/// Chooses places in a long section at which a chunk begins whatever stands far away from them.
///
/// A place is an anchor where the digest of what follows is the least among all places within
/// `reach` tokens on either side. So an edit changes anchors near it only, and the chunks between
/// other anchors stay as they were: their vectors need not be computed again.
///
/// - SeeAlso: Bjørner, Blass and Gurevich 2010, doi:10.1016/j.jcss.2009.06.004 (local maximum
///   chunking)
struct Anchors {
    private let text: TextBytes
    private let pieces: [Piece]
    private let reach: Int

    init(text: TextBytes, pieces: [Piece], reach: Int) {
        self.text = text
        self.pieces = pieces
        self.reach = reach
    }

    /// The indices of pieces that begin at an anchor, ascending, without the first piece.
    ///
    /// The start and the end of the section count as anchors, so that none is near them. A section of
    /// up to twice `reach` needs none.
    var indices: [Int] {
        var offsets = [0]
        for piece in pieces { offsets.append((offsets.last ?? 0) + piece.tokens) }
        guard let total = offsets.last, total > 2 * reach else { return [] }
        let digests = pieces.map(digest)
        let left = isLeast(digests, offsets: offsets, forward: true)
        let right = isLeast(digests, offsets: offsets, forward: false)
        return pieces.indices.filter { index in
            left[index] && right[index] && offsets[index] > reach
                && total - offsets[index] > reach
        }
    }

    /// Whether each digest is the least of those up to `reach` tokens before it, or after it where
    /// not `forward`; of equal ones the first.
    private func isLeast(_ digests: [UInt64], offsets: [Int], forward: Bool) -> [Bool] {
        var result = [Bool](repeating: false, count: digests.count)
        // Indices whose digests ascend: the front is the least within reach.
        var window: [Int] = []
        var front = 0
        for index in forward ? Array(digests.indices) : digests.indices.reversed() {
            while front < window.count, abs(offsets[index] - offsets[window[front]]) > reach {
                front += 1
            }
            while window.count > front, let last = window.last,
                forward ? digests[last] > digests[index] : digests[last] >= digests[index]
            {
                window.removeLast()
            }
            result[index] = window.count == front
            window.append(index)
        }
        return result
    }

    /// FNV-1a of the first bytes of a piece; places inside a block come after all others.
    ///
    /// Only the first bytes: an edit further on does not move the anchor.
    private func digest(_ piece: Piece) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text[piece.bytes].prefix(32) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash ^= hash >> 29
        return hash >> 1 | (piece.continuesBlock ? 1 << 63 : 0)
    }
}
