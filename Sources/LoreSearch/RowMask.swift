/// Which rows of an index a search may return, a bit each.
///
/// Made by `mask(_:)` of the index that is searched, and good for that index alone.
package struct RowMask: Hashable, Sendable {
    static let wordBits = UInt64.bitWidth

    var words: [UInt64]

    /// A mask that holds nothing, of so many words.
    init(words count: Int) { words = Array(repeating: 0, count: count) }

    /// How many rows it holds.
    package var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// The words that `count` bits take.
    static func words(for count: Int) -> Int { (count + wordBits - 1) / wordBits }

    subscript(slot: Int) -> Bool {
        get { words[slot / Self.wordBits] >> UInt64(slot % Self.wordBits) & 1 == 1 }
        set {
            let bit: UInt64 = 1 << UInt64(slot % Self.wordBits)
            if newValue {
                words[slot / Self.wordBits] |= bit
            } else {
                words[slot / Self.wordBits] &= ~bit
            }
        }
    }

    /// How many of `slots` it holds, which begin with a word.
    func count(in slots: Range<Int>) -> Int {
        var count = 0
        forEachWord(in: slots) { count += $1.nonzeroBitCount }
        return count
    }

    /// Calls `body` with each slot it holds, ascending.
    func forEach(in slots: Range<Int>, _ body: (Int) -> Void) {
        forEachWord(in: slots) { first, word in
            var rest = word
            while rest != 0 {
                body(first + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
    }

    private func forEachWord(in slots: Range<Int>, _ body: (_ first: Int, UInt64) -> Void) {
        precondition(slots.lowerBound % Self.wordBits == 0, "slots from \(slots.lowerBound)")
        for first in stride(from: slots.lowerBound, to: slots.upperBound, by: Self.wordBits) {
            let bits = min(Self.wordBits, slots.upperBound - first)
            body(first, words[first / Self.wordBits] & (~0 >> UInt64(Self.wordBits - bits)))
        }
    }

    /// What both hold.
    func intersection(_ other: RowMask) -> RowMask {
        precondition(words.count == other.words.count, "a mask of another index")
        var result = self
        for word in words.indices { result.words[word] &= other.words[word] }
        return result
    }
}
