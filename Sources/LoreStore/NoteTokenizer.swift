import GRDB
import GRDBSQLite
import LoreCore

/// Cuts text into the tokens of the full-text index.
///
/// Words as SQLite's `porter unicode61 remove_diacritics 2` has them: folded, without accents,
/// stemmed, after `LetterFolding` has made one form of a letter of many. Two exceptions:
/// - Scripts written without spaces (see `UnspacedScript`) give one token a character, so that a
///   phrase query finds any part of a sentence.
/// - `C++` and `C#` are names: in a note they stand beside the `c` that is a word, at the same place;
///   in a query they mean themselves alone.
final class NoteTokenizer: FTS5CustomTokenizer {
    static let name = "lore"

    private let words: any FTS5Tokenizer

    init(db: Database, arguments: [String]) throws {
        words = try db.makeTokenizer(
            FTS5TokenizerDescriptor(components: ["porter", "unicode61", "remove_diacritics", "2"]))
    }

    func tokenize(
        context: UnsafeMutableRawPointer?, tokenization: FTS5Tokenization,
        pText: UnsafePointer<CChar>?, nText: CInt, tokenCallback: @escaping FTS5TokenCallback
    ) -> CInt {
        guard let pText, nText > 0 else { return SQLITE_OK }
        let bytes = UnsafeRawBufferPointer(start: pText, count: Int(nText))
            .assumingMemoryBound(to: UInt8.self)
        let run = Run(
            words: words, tokenization: tokenization, context: context, callback: tokenCallback)
        // Offsets are of the folded text: FTS5 keeps none, and a query is folded before.
        guard let folded = LetterFolding.folded(bytes) else { return run.tokenize(bytes) }
        return folded.withUnsafeBufferPointer { run.tokenize($0) }
    }
}

/// One pass over one text.
private struct Run {
    let words: any FTS5Tokenizer
    let tokenization: FTS5Tokenization
    let context: UnsafeMutableRawPointer?
    let callback: FTS5TokenCallback

    func tokenize(_ bytes: UnsafeBufferPointer<UInt8>) -> CInt {
        var start = 0
        var index = 0
        while index < bytes.count {
            let length = UnspacedScript.characterLength(in: bytes, at: index)
            guard length > 0 else {
                index += 1
                continue
            }
            var code = spaced(start..<index, of: bytes)
            if code == SQLITE_OK { code = character(index..<index + length, of: bytes) }
            guard code == SQLITE_OK else { return code }
            index += length
            start = index
        }
        return spaced(start..<bytes.count, of: bytes)
    }

    private func character(_ range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>) -> CInt {
        bytes[range].withMemoryRebound(to: CChar.self) { character in
            callback(
                context, 0, character.baseAddress, CInt(range.count), CInt(range.lowerBound),
                CInt(range.upperBound))
        }
    }

    /// Hands the text at `range` to the tokenizer of words, which counts offsets from its start.
    private func spaced(_ range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>) -> CInt {
        if range.isEmpty { return SQLITE_OK }
        var words = Words(
            text: UnsafeBufferPointer(rebasing: bytes[range]), offset: range.lowerBound,
            isQuery: tokenization.contains(.query), context: context, callback: callback)
        return withUnsafeMutablePointer(to: &words) { words in
            words.pointee.text.withMemoryRebound(to: CChar.self) { text in
                self.words.tokenize(
                    context: words, tokenization: tokenization, pText: text.baseAddress,
                    nText: CInt(text.count)
                ) { words, flags, token, length, start, end in
                    guard let words, let token else { return SQLITE_ERROR }
                    return words.assumingMemoryBound(to: Words.self).pointee.pass(
                        flags, UnsafeBufferPointer(start: token, count: Int(length)),
                        Int(start)..<Int(end))
                }
            }
        }
    }
}

/// The words of a part of a text, on their way to whom they are for.
private struct Words {
    let text: UnsafeBufferPointer<UInt8>
    /// Where the part begins in the text.
    let offset: Int
    let isQuery: Bool
    let context: UnsafeMutableRawPointer?
    let callback: FTS5TokenCallback

    func pass(_ flags: CInt, _ token: UnsafeBufferPointer<CChar>, _ range: Range<Int>) -> CInt {
        let sign = signLength(at: range.upperBound)
        guard sign > 0 else { return report(flags, token, range) }
        let whole = range.lowerBound..<range.upperBound + sign
        let name =
            Array(token) + text[range.upperBound..<whole.upperBound].map { CChar(bitPattern: $0) }
        return name.withUnsafeBufferPointer { name in
            if isQuery { return report(flags, name, whole) }
            let code = report(flags, token, range)
            return code == SQLITE_OK
                ? report(flags | FTS5_TOKEN_COLOCATED, name, whole) : code
        }
    }

    private func report(
        _ flags: CInt, _ token: UnsafeBufferPointer<CChar>, _ range: Range<Int>
    ) -> CInt {
        callback(
            context, flags, token.baseAddress, CInt(token.count),
            CInt(offset + range.lowerBound), CInt(offset + range.upperBound))
    }

    /// The length of the `++` or `#` that a name may end with, at `index`, before the next word.
    private func signLength(at index: Int) -> Int {
        guard index < text.count else { return 0 }
        let length: Int
        switch text[index] {
        case UInt8(ascii: "+"):
            guard index + 1 < text.count, text[index + 1] == UInt8(ascii: "+") else { return 0 }
            length = 2
        case UInt8(ascii: "#"): length = 1
        default: return 0
        }
        let next = index + length < text.count ? text[index + length] : 0
        if next == UInt8(ascii: "+") || next == UInt8(ascii: "#") { return 0 }
        // `c++17` is C++, `page#top` is no name.
        return Self.isLetterOrDigit(next) && !(length == 2 && Self.isDigit(next)) ? 0 : length
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
    }
}
