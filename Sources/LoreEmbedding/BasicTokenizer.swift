/// Cuts text into words as BERT does: cleaned, folded, split at space and around punctuation.
///
/// Works on UTF-8 bytes with a short way for ASCII.
///
/// - SeeAlso: BERT arXiv:1810.04805
struct BasicTokenizer: Sendable, Hashable {
    /// Control and format characters vanish, white space becomes a space.
    var cleansText = true
    /// Each ideograph is a word.
    var separatesIdeographs = true
    /// Letters lose their accents, and Hangul falls apart into letters.
    var stripsAccents = true
    var lowercases = true

    /// One word under way: its bytes up to a limit, and how long it is in scalars.
    struct Word {
        fileprivate(set) var bytes: [UInt8] = []
        fileprivate(set) var scalars = 0

        fileprivate mutating func append(_ scalar: UInt32, keeping limit: Int) {
            scalars += 1
            guard scalars <= limit else { return }
            if scalar < 0x80 {
                bytes.append(UInt8(truncatingIfNeeded: scalar))
            } else {
                appendLong(scalar)
            }
        }

        private mutating func appendLong(_ scalar: UInt32) {
            if scalar < 0x800 {
                bytes.append(UInt8(0xC0 | scalar >> 6))
            } else {
                if scalar < 0x10000 {
                    bytes.append(UInt8(0xE0 | scalar >> 12))
                } else {
                    bytes.append(UInt8(0xF0 | scalar >> 18))
                    bytes.append(UInt8(0x80 | scalar >> 12 & 0x3F))
                }
                bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            }
            bytes.append(UInt8(0x80 | scalar & 0x3F))
        }

        fileprivate mutating func clear() {
            bytes.removeAll(keepingCapacity: true)
            scalars = 0
        }
    }

    /// Calls `body` with each word of UTF-8 `text` in order, until it returns false.
    ///
    /// - Parameters:
    ///   - text: UTF-8; bytes that are none count as U+FFFD
    ///   - limit: scalars of a word whose bytes are kept; a longer word tells its length alone
    ///   - body: gets each word
    func forEachWord(
        in text: UnsafeBufferPointer<UInt8>, keeping limit: Int, _ body: (Word) -> Bool
    ) {
        var pass = Pass(settings: self, limit: limit)
        var position = 0
        while position < text.count, pass.isWanted {
            let byte = text[position]
            if byte < 0x80 {
                position += 1
                pass.ascii(byte, body)
            } else {
                let (scalar, length) = decodeScalar(text, at: position)
                position += length
                pass.scalar(scalar, body)
            }
        }
        pass.flush(body)
    }

    /// One walk over a text.
    private struct Pass {
        let settings: BasicTokenizer
        let limit: Int
        private let classes = ScalarClasses.shared
        private var word = Word()
        private(set) var isWanted = true

        init(settings: BasicTokenizer, limit: Int) {
            self.settings = settings
            self.limit = limit
        }

        mutating func flush(_ body: (Word) -> Bool) {
            guard word.scalars > 0 else { return }
            if isWanted { isWanted = body(word) }
            word.clear()
        }

        mutating func ascii(_ byte: UInt8, _ body: (Word) -> Bool) {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                word.append(UInt32(byte), keeping: limit)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                word.append(UInt32(settings.lowercases ? byte | 0x20 : byte), keeping: limit)
            case 0x20: flush(body)
            default: scalar(UInt32(byte), body)
            }
        }

        mutating func scalar(_ scalar: UInt32, _ body: (Word) -> Bool) {
            let traits = classes.traits(of: scalar)
            if settings.cleansText {
                if traits.contains(.dropped) { return }
                if traits.contains(.cleanedSpace) { return flush(body) }
            }
            let standsAlone = settings.separatesIdeographs && traits.contains(.ideograph)
            if standsAlone { flush(body) }
            fold(scalar, traits, body)
            if standsAlone { flush(body) }
        }

        private mutating func fold(
            _ scalar: UInt32, _ traits: ScalarClasses.Traits, _ body: (Word) -> Bool
        ) {
            guard settings.stripsAccents else { return lower(scalar, traits, body) }
            if traits.contains(.mark) { return }
            guard traits.contains(.decomposes) || isHangul(scalar) else {
                return lower(scalar, traits, body)
            }
            ScalarClasses.decompose(scalar) { lower($0, classes.traits(of: $0), body) }
        }

        private func isHangul(_ scalar: UInt32) -> Bool { (0xAC00...0xD7A3).contains(scalar) }

        private mutating func lower(
            _ scalar: UInt32, _ traits: ScalarClasses.Traits, _ body: (Word) -> Bool
        ) {
            guard settings.lowercases, traits.contains(.hasLowercase) else {
                return emit(scalar, traits, body)
            }
            ScalarClasses.lowercase(scalar) { emit($0, classes.traits(of: $0), body) }
        }

        private mutating func emit(
            _ scalar: UInt32, _ traits: ScalarClasses.Traits, _ body: (Word) -> Bool
        ) {
            if traits.contains(.space) { return flush(body) }
            let standsAlone = traits.contains(.punctuation)
            if standsAlone { flush(body) }
            word.append(scalar, keeping: limit)
            if standsAlone { flush(body) }
        }
    }
}

/// The scalar whose UTF-8 starts at `position`, and its bytes; U+FFFD of one byte for what is none.
private func decodeScalar(
    _ text: UnsafeBufferPointer<UInt8>, at position: Int
) -> (scalar: UInt32, length: Int) {
    let first = text[position]
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first < 0xF5, position + length <= text.count else { return (0xFFFD, 1) }
    var scalar = UInt32(first) & (0x7F >> UInt32(length))
    for index in 1..<length {
        let byte = text[position + index]
        guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
        scalar = scalar << 6 | UInt32(byte & 0x3F)
    }
    let smallest: [UInt32] = [0, 0, 0x80, 0x800, 0x10000]
    guard scalar >= smallest[length], Unicode.Scalar(scalar) != nil else { return (0xFFFD, 1) }
    return (scalar, length)
}
