/// Bytes to look for in others, by the algorithm of Knuth, Morris and Pratt: a file of one repeated
/// letter must not take quadratic time.
///
/// - SeeAlso: Knuth, Morris and Pratt (1977), doi:10.1137/0206024
package struct BytePattern: Sendable {
    package let bytes: [UInt8]
    /// For each prefix of `bytes`, the length of the longest shorter prefix that it ends with.
    private let borders: [Int]

    package init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
        borders = Self.borders(of: self.bytes)
    }

    /// Where the pattern stands first; nil where it does not, or is empty.
    package func first(in text: [UInt8]) -> Range<Int>? { next(in: text, from: 0) }

    /// Where the pattern stands nearest to `offset`, by the distance of their starts; the earlier of two
    /// that are equally near.
    ///
    /// - Complexity: O(*n*) for *n* bytes.
    package func nearest(to offset: Int, in text: [UInt8]) -> Range<Int>? {
        var nearest: Range<Int>?
        var start = 0
        while let found = next(in: text, from: start) {
            if let nearest, distance(nearest, offset) <= distance(found, offset) { return nearest }
            nearest = found
            start = found.lowerBound + 1
        }
        return nearest
    }

    private func distance(_ range: Range<Int>, _ offset: Int) -> Int {
        abs(range.lowerBound - offset)
    }

    /// The first place from `start` on.
    private func next(in text: [UInt8], from start: Int) -> Range<Int>? {
        guard !bytes.isEmpty, start <= text.count - bytes.count else { return nil }
        var matched = 0
        for index in start..<text.count {
            while matched > 0, text[index] != bytes[matched] { matched = borders[matched - 1] }
            if text[index] == bytes[matched] { matched += 1 }
            if matched == bytes.count { return index + 1 - matched..<index + 1 }
        }
        return nil
    }

    private static func borders(of word: [UInt8]) -> [Int] {
        var borders = [Int](repeating: 0, count: word.count)
        for index in word.indices.dropFirst() {
            var length = borders[index - 1]
            while length > 0, word[index] != word[length] { length = borders[length - 1] }
            borders[index] = word[index] == word[length] ? length + 1 : 0
        }
        return borders
    }
}
