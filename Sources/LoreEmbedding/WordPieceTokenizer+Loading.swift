package import Foundation

extension WordPieceTokenizer {
    /// Reads `tokenizer.json` in `folder`, or `vocab.txt` with `tokenizer_config.json`.
    ///
    /// - Throws: `EmbeddingError.unsupported` for a tokenizer that is not BERT's, `.damaged` for a
    ///   file that is none, `.missingFile` where there is neither.
    package static func load(folder: URL) throws -> WordPieceTokenizer {
        let whole = folder.appendingPathComponent("tokenizer.json").path
        let list = folder.appendingPathComponent("vocab.txt").path
        if FileManager.default.fileExists(atPath: whole) {
            return try TokenizerFile(path: whole).tokenizer()
        }
        if FileManager.default.fileExists(atPath: list) {
            let settings = folder.appendingPathComponent("tokenizer_config.json").path
            return try fromList(path: list, settings: settings)
        }
        throw EmbeddingError.missingFile(path: whole)
    }

    private static func fromList(path: String, settings: String) throws -> WordPieceTokenizer {
        let isThere = FileManager.default.fileExists(atPath: settings)
        let json = isThere ? try MappedFile(path: settings).json() : .object([:])
        let vocabulary = try MappedFile(path: path).parse { Vocabulary(lines: $0) }
        let lowercases = json["do_lower_case"]?.bool ?? true
        let words = BasicTokenizer(
            cleansText: true,
            separatesIdeographs: json["tokenize_chinese_chars"]?.bool ?? true,
            stripsAccents: json["strip_accents"]?.bool ?? lowercases, lowercases: lowercases)
        let names = ["unk", "sep", "pad", "cls", "mask"].map { kind in
            json["\(kind)_token"]?.string ?? "[\(kind.uppercased())]"
        }
        let tokens = names.compactMap { name in
            vocabulary.id(of: name).map { SpecialToken(bytes: Array(name.utf8), id: $0) }
        }
        guard let unknown = vocabulary.id(of: names[0]), let end = vocabulary.id(of: names[1]),
            let start = vocabulary.id(of: names[3])
        else {
            throw EmbeddingError.damaged(
                path: path, reason: "it lacks \(names[3]), \(names[1]) or \(names[0])")
        }
        return WordPieceTokenizer(
            words: words, vocabulary: vocabulary,
            special: SpecialIDs(start: start, end: end, unknown: unknown), specialTokens: tokens)
    }
}

extension Vocabulary {
    /// A piece a line; its id is the line's number, from 0.
    init(lines bytes: UnsafeBufferPointer<UInt8>) {
        self.init(reservingBytes: bytes.count)
        var start = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
            let isWindows = end > start && bytes[end - 1] == UInt8(ascii: "\r")
            let id = Int32(count)
            append { arena in
                arena.append(contentsOf: bytes[start..<end - (isWindows ? 1 : 0)])
                return id
            }
            start = end + 1
        }
        finish()
    }
}
