/// A part of a filter's text.
struct FilterToken: Hashable {
    enum Kind: Hashable {
        case open
        case close
        case not
        case or
        case and
        /// The value may be empty, which is a mistake to tell.
        case term(field: String, value: FilterValue)
        /// A word without a field, which is a mistake to tell.
        case word(String)
    }

    let kind: Kind
    /// UTF-8 offsets into the filter.
    let range: Range<Int>
}

/// Cuts a filter into tokens.
///
/// A word ends at a space or at a parenthesis that it did not open; quotes hold anything, `\"` and
/// `\\` included.
struct FilterScanner {
    private let text: [UInt8]
    private var position = 0
    /// Where a quote was opened that nothing closes.
    private(set) var openQuote: Int?

    init(_ text: [UInt8]) { self.text = text }

    /// All tokens; those before an open quote where there is one.
    mutating func tokens() -> [FilterToken] {
        var tokens: [FilterToken] = []
        while let token = next() { tokens.append(token) }
        return openQuote == nil ? tokens : []
    }

    private mutating func next() -> FilterToken? {
        position += spaceLength(at: position, all: true)
        guard position < text.count, openQuote == nil else { return nil }
        switch text[position] {
        case UInt8(ascii: "("): return single(.open)
        case UInt8(ascii: ")"): return single(.close)
        case hyphen: return single(.not)
        default: return word()
        }
    }

    private mutating func single(_ kind: FilterToken.Kind) -> FilterToken {
        position += 1
        return FilterToken(kind: kind, range: position - 1..<position)
    }

    private mutating func word() -> FilterToken {
        let start = position
        var value = FilterValue()
        var field: String?
        var bare: [UInt8] = []
        var depth = 0
        while position < text.count, spaceLength(at: position) == 0 {
            let byte = text[position]
            if byte == UInt8(ascii: "\"") {
                if !bare.isEmpty { value.pieces.append(.bare(bare)) }
                bare = []
                value.pieces.append(.quoted(quoted()))
                continue
            }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            if depth < 0 { break }
            if byte == UInt8(ascii: "(") { depth += 1 }
            position += 1
            if byte == UInt8(ascii: ":"), field == nil, value.pieces.isEmpty {
                field = String(decoding: bare, as: UTF8.self)
                bare = []
            } else {
                bare.append(byte)
            }
        }
        if !bare.isEmpty { value.pieces.append(.bare(bare)) }
        return FilterToken(kind: kind(field, value), range: start..<position)
    }

    private func kind(_ field: String?, _ value: FilterValue) -> FilterToken.Kind {
        if let field { return .term(field: field, value: value) }
        guard value.pieces.count == 1, case .bare(let bytes) = value.pieces[0] else {
            return .word(value.text)
        }
        if bytes.first == UInt8(ascii: "#"), bytes.count > 1 {
            return .term(field: FilterField.tag.rawValue, value: value)
        }
        switch folded(bytes) {
        case Array("or".utf8): return .or
        case Array("and".utf8): return .and
        case Array("not".utf8): return .not
        default: return .word(value.text)
        }
    }

    /// What stands between the quote at the position and the next; the position moves behind it.
    private mutating func quoted() -> [UInt8] {
        let start = position
        var bytes: [UInt8] = []
        position += 1
        while position < text.count {
            let byte = text[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return bytes }
            let isEscape = byte == UInt8(ascii: "\\") && position < text.count
            if isEscape, [UInt8(ascii: "\""), UInt8(ascii: "\\")].contains(text[position]) {
                bytes.append(text[position])
                position += 1
            } else {
                bytes.append(byte)
            }
        }
        openQuote = start
        return bytes
    }

    /// Bytes of the space at `position`, or of all spaces that follow one another there.
    ///
    /// Also those that come with pasted text: no-break and ideographic space.
    private func spaceLength(at position: Int, all: Bool = false) -> Int {
        var end = position
        repeat {
            let rest = text[min(end, text.count)...]
            if let first = rest.first, first == 0x20 || (0x09...0x0D).contains(first) {
                end += 1
            } else if rest.starts(with: [0xC2, 0xA0]) {
                end += 2
            } else if rest.starts(with: [0xE3, 0x80, 0x80]) {
                end += 3
            } else {
                break
            }
        } while all
        return end - position
    }
}
