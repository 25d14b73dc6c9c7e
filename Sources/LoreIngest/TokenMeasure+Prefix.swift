extension TokenMeasure {
    /// Counts that are spent on finding where to cut, at most.
    private static let maxAttempts = 5

    /// As much from the start of `range` as fits: at least one character, even where none does.
    ///
    /// Cut after white space where there is some near the end, else between characters.
    func longestPrefix(
        of range: Range<Int>, maxTokens: Int, maxBytes: Int
    ) -> (end: Int, tokens: Int) {
        var best: (end: Int, tokens: Int)?
        var length = max(min(maxTokens * 3, maxBytes), 1)
        for _ in 1...Self.maxAttempts {
            let end = cutNear(range.lowerBound + min(length, maxBytes), in: range)
            let count = tokens(in: range.lowerBound..<end)
            let fits = count <= maxTokens && end - range.lowerBound <= maxBytes
            if fits, end > best?.end ?? 0 { best = (end, count) }
            if fits, end == range.upperBound || count * 5 >= maxTokens * 4 || length >= maxBytes {
                break
            }
            let aim = fits ? 95 : 85
            let scaled = (end - range.lowerBound) * maxTokens * aim / (max(count, 1) * 100)
            length = min(max(scaled, 1), maxBytes)
            if let best, range.lowerBound + length <= best.end { break }
        }
        if let best { return best }
        let end = cutNear(range.lowerBound + max(maxTokens / 4, 1), in: range)
        return (end, tokens(in: range.lowerBound..<end))
    }

    /// A good place to cut `range` at `offset` or before it; after its first character at least.
    private func cutNear(_ offset: Int, in range: Range<Int>) -> Int {
        guard offset < range.upperBound else { return range.upperBound }
        let lowest = offset - (offset - range.lowerBound) / 4
        var cut = offset
        while cut > lowest, !text[cut - 1].isBlank { cut -= 1 }
        if cut > lowest, cut > range.lowerBound { return cut }
        return CharacterBoundary.near(offset, in: range, of: text)
    }
}

/// Finds offsets at which text may be parted without harm to a character.
enum CharacterBoundary {
    /// Bytes before an offset among which the start of its character is looked for.
    private static let reach = 64

    /// The last boundary between characters at `offset` or before it, else the first after the
    /// first scalar of `range`: a character longer than `reach` is parted between scalars.
    static func near(_ offset: Int, in range: Range<Int>, of text: TextBytes) -> Int {
        let scalar = scalarStart(offset, text)
        guard scalar > range.lowerBound else {
            return scalarEnd(range.lowerBound, limit: range.upperBound, text)
        }
        let start = max(scalarStart(max(scalar - reach, 0), text), range.lowerBound)
        let end = scalarStart(min(scalar + reach, range.upperBound), text)
        var boundary = start
        var best = start
        for character in text.string(in: start..<end) {
            boundary += character.utf8.count
            if boundary > scalar { break }
            best = boundary
        }
        return best > range.lowerBound ? best : scalar
    }

    private static func scalarStart(_ offset: Int, _ text: TextBytes) -> Int {
        var start = offset
        while start > 0, start < text.count, text[start] & 0xC0 == 0x80 { start -= 1 }
        return start
    }

    private static func scalarEnd(_ offset: Int, limit: Int, _ text: TextBytes) -> Int {
        var end = offset + 1
        while end < limit, text[end] & 0xC0 == 0x80 { end += 1 }
        return end
    }
}
