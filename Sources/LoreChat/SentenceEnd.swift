/// Finds where sentences of a paragraph end.
struct SentenceEnd {
    private let bytes: [UInt8]
    private let start: Int
    private let end: Int

    /// Words before a full stop that end no sentence, and those that end none before a number.
    private static let abbreviations = words(
        """
        adj al approx assn assoc bros ca capt cf cmdr co col corp dept dr ed eds est et feat fr gen
        gov hon inc incl jan feb mar apr jun jul aug sep sept oct nov dec jr lt ltd maj messrs mr mrs
        ms mt mts op pres prof rep resp rev sen sgt sr st ste univ viz vs
        """)
    private static let beforeNumbers = words("art ch eq fig figs no nos p par pp sec tab vol vols")
    /// End a sentence where a capital follows.
    private static let beforeCapitals = words("a.d a.m b.c etc p.m")

    private static func words(_ text: String) -> Set<[UInt8]> {
        Set(text.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) })
    }

    /// Just after the end of the first sentence in `start..<end`, with what closes it; nil where
    /// none ends before `end`.
    static func next(in bytes: [UInt8], from start: Int, to end: Int) -> Int? {
        SentenceEnd(bytes: bytes, start: start, end: end).first()
    }

    private func first() -> Int? {
        var index = start
        while index < end {
            let mark = markLength(at: index)
            guard mark > 0 else {
                index += 1
                continue
            }
            let marks = index..<endOfRun(from: index)
            let close = endOfClosers(from: marks.upperBound)
            if close < end, ends(marks, close) { return close }
            index = close
        }
        return nil
    }

    /// Whether the marks that `close` follows end a sentence.
    private func ends(_ marks: Range<Int>, _ close: Int) -> Bool {
        if bytes[marks.lowerBound] >= 0xE3 { return true }  // 。！？｡ need no blank
        guard isBlank(bytes[close]), let next = following(close) else { return false }
        if next.properties.isLowercase { return false }
        let isSingleStop = marks.count == 1 && bytes[marks.lowerBound] == UInt8(ascii: ".")
        return !isSingleStop || close > marks.upperBound || endsWord(marks.lowerBound, next)
    }

    /// Whether the full stop at `stop` ends a sentence rather than a word.
    private func endsWord(_ stop: Int, _ next: Unicode.Scalar) -> Bool {
        var wordStart = stop
        while wordStart > start, stop - wordStart < 12, isWordByte(bytes[wordStart - 1]) {
            wordStart -= 1
        }
        let word = bytes[wordStart..<stop].map { isASCIILetter($0) ? $0 | 0x20 : $0 }
        if Self.beforeCapitals.contains(word) { return next.properties.isUppercase }
        if Self.abbreviations.contains(word) || isLetters(word) { return false }
        if Self.beforeNumbers.contains(word) { return !("0"..."9").contains(next) }
        // A lone capital is an initial, but "I" is a word and a numeral.
        return word.count != 1 || !(65...90).contains(bytes[wordStart])
            || bytes[wordStart] == UInt8(ascii: "I")
    }

    /// Letters each followed by a full stop: `e.g`, `u.s`, `j.r.r`.
    private func isLetters(_ word: [UInt8]) -> Bool {
        word.count >= 3 && word.count % 2 == 1
            && word.indices.allSatisfy {
                $0 % 2 == 0 ? isASCIILetter(word[$0]) : word[$0] == UInt8(ascii: ".")
            }
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        isASCIILetter(byte) || isDigit(byte) || byte == UInt8(ascii: ".") || byte >= 0x80
    }

    /// The first character after the blanks at `index`, nil at the end.
    private func following(_ index: Int) -> Unicode.Scalar? {
        guard let first = bytes[index..<end].firstIndex(where: { !isBlank($0) }) else { return nil }
        let character = bytes[first..<min(first + 4, end)]
        return String(decoding: character, as: UTF8.self).unicodeScalars.first
    }

    private func endOfRun(from index: Int) -> Int {
        var index = index
        while case let length = markLength(at: index), length > 0 { index += length }
        return index
    }

    private func endOfClosers(from index: Int) -> Int {
        var index = index
        while case let length = closerLength(at: index), length > 0 { index += length }
        return index
    }

    /// Bytes of the mark `. ! ? … 。 ！ ？ ｡` at `index`, or 0.
    private func markLength(at index: Int) -> Int {
        guard index < end else { return 0 }
        switch bytes[index] {
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): return 1
        case 0xE2: return matches(index, 0x80, 0xA6)
        case 0xE3: return matches(index, 0x80, 0x82)
        case 0xEF:
            return max(
                matches(index, 0xBC, 0x81), matches(index, 0xBC, 0x9F),
                matches(index, 0xBD, 0xA1))
        default: return 0
        }
    }

    /// Bytes of the closing quote, bracket or emphasis at `index`, or 0.
    private func closerLength(at index: Int) -> Int {
        guard index < end else { return 0 }
        switch bytes[index] {
        case _ where "\"')]*_`".utf8.contains(bytes[index]): return 1
        case 0xC2: return index + 1 < end && bytes[index + 1] == 0xBB ? 2 : 0  // »
        case 0xE2: return max(matches(index, 0x80, 0x99), matches(index, 0x80, 0x9D))  // ’ ”
        case 0xE3: return max(matches(index, 0x80, 0x8D), matches(index, 0x80, 0x8F))  // 」 』
        case 0xEF: return matches(index, 0xBC, 0x89)  // ）
        default: return 0
        }
    }

    private func matches(_ index: Int, _ second: UInt8, _ third: UInt8) -> Int {
        index + 2 < end && bytes[index + 1] == second && bytes[index + 2] == third ? 3 : 0
    }
}
