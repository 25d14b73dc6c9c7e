import GRDB
import GRDBSQLite

/// Cuts text into the tokens of the full-text index.
///
/// Words as SQLite's `porter unicode61 remove_diacritics 2` has them: folded, without accents,
/// stemmed. Scripts written without spaces (Chinese, Japanese, Korean) give one token a character,
/// so that a phrase query finds any part of a sentence.
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
        let run = Run(
            words: words, tokenization: tokenization, context: context, callback: tokenCallback,
            text: pText)
        let bytes = UnsafeRawBufferPointer(start: pText, count: Int(nText))
        return run.tokenize(bytes.assumingMemoryBound(to: UInt8.self))
    }
}

/// One pass over one text.
private struct Run {
    let words: any FTS5Tokenizer
    let tokenization: FTS5Tokenization
    let context: UnsafeMutableRawPointer?
    let callback: FTS5TokenCallback
    let text: UnsafePointer<CChar>

    func tokenize(_ bytes: UnsafeBufferPointer<UInt8>) -> CInt {
        var start = 0
        var index = 0
        while index < bytes.count {
            let length = UnspacedScript.characterLength(in: bytes, at: index)
            guard length > 0 else {
                index += 1
                continue
            }
            var code = spaced(start..<index)
            if code == SQLITE_OK { code = character(index..<index + length) }
            guard code == SQLITE_OK else { return code }
            index += length
            start = index
        }
        return spaced(start..<bytes.count)
    }

    private func character(_ range: Range<Int>) -> CInt {
        callback(
            context, 0, text + range.lowerBound, CInt(range.count), CInt(range.lowerBound),
            CInt(range.upperBound))
    }

    /// Hands the text at `range` to the tokenizer of words, which counts offsets from its start.
    private func spaced(_ range: Range<Int>) -> CInt {
        if range.isEmpty { return SQLITE_OK }
        let start = text + range.lowerBound
        let count = CInt(range.count)
        if range.lowerBound == 0 {
            return words.tokenize(
                context: context, tokenization: tokenization, pText: start, nText: count,
                tokenCallback: callback)
        }
        var shift = Shift(context: context, callback: callback, offset: CInt(range.lowerBound))
        return withUnsafeMutablePointer(to: &shift) { shift in
            words.tokenize(
                context: shift, tokenization: tokenization, pText: start, nText: count
            ) { shift, flags, token, length, start, end in
                guard let shift = shift?.assumingMemoryBound(to: Shift.self).pointee else {
                    return SQLITE_ERROR
                }
                return shift.callback(
                    shift.context, flags, token, length, start + shift.offset, end + shift.offset)
            }
        }
    }
}

/// What a token's offsets lack when only a part of a text was tokenized.
private struct Shift {
    let context: UnsafeMutableRawPointer?
    let callback: FTS5TokenCallback
    let offset: CInt
}
