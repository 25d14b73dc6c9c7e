/// A `tokenizer.json`: settings as JSON, the vocabulary read straight into its table.
struct TokenizerFile {
    private let path: String
    private var parts: [String: JSONValue] = [:]
    private var model: [String: JSONValue] = [:]
    private var vocabulary = Vocabulary(reservingBytes: 0)

    init(path: String) throws {
        self.path = path
        let file = try MappedFile(path: path)
        var pieces = Vocabulary(reservingBytes: file.bytes.count / 2)
        var parts: [String: JSONValue] = [:]
        var model: [String: JSONValue] = [:]
        try file.parse { bytes in
            var reader = JSONReader(bytes)
            try reader.object { reader, key in
                let name = String(decoding: key, as: UTF8.self)
                if name == "model" {
                    try Self.readModel(&reader, into: &model, &pieces)
                } else {
                    parts[name] = try reader.value()
                }
            }
            try reader.end()
        }
        pieces.finish()
        (self.parts, self.model, vocabulary) = (parts, model, pieces)
    }

    private static func readModel(
        _ reader: inout JSONReader, into model: inout [String: JSONValue],
        _ pieces: inout Vocabulary
    ) throws {
        try reader.object { reader, key in
            let name = String(decoding: key, as: UTF8.self)
            // A vocabulary that is a list, as of other kinds of model, is refused by its type later.
            guard name == "vocab", reader.peek() == UInt8(ascii: "{") else {
                return model[name] = try reader.value()
            }
            try reader.object(keysInto: &pieces)
        }
    }

    /// The tokenizer that the file tells of.
    func tokenizer() throws -> WordPieceTokenizer {
        let kind = model["type"]?.string ?? "WordPiece"
        guard kind == "WordPiece" else {
            throw unsupported("its tokenizer is '\(kind)', not 'WordPiece'")
        }
        let cutting = parts["pre_tokenizer"]?["type"]?.string ?? "none"
        guard cutting == "BertPreTokenizer" else {
            throw unsupported("its pre-tokenizer is '\(cutting)', not 'BertPreTokenizer'")
        }
        let frame = try frame()
        let unknown = model["unk_token"]?.string ?? "[UNK]"
        return WordPieceTokenizer(
            words: try words(), vocabulary: vocabulary,
            special: WordPieceTokenizer.SpecialIDs(
                start: try id(frame.start), end: try id(frame.end), unknown: try id(unknown)),
            continuation: Array((model["continuing_subword_prefix"]?.string ?? "##").utf8),
            longestWord: model["max_input_chars_per_word"]?.integer ?? 100,
            framesPairs: framesPairs(frame.start, frame.end),
            specialTokens: try specialTokens())
    }

    private func words() throws -> BasicTokenizer {
        guard let settings = parts["normalizer"], let kind = settings["type"]?.string else {
            throw unsupported("its tokenizer has no normalizer")
        }
        guard kind == "BertNormalizer" else {
            throw unsupported("its normalizer is '\(kind)', not 'BertNormalizer'")
        }
        let lowercases = settings["lowercase"]?.bool ?? true
        return BasicTokenizer(
            cleansText: settings["clean_text"]?.bool ?? true,
            separatesIdeographs: settings["handle_chinese_chars"]?.bool ?? true,
            stripsAccents: settings["strip_accents"]?.bool ?? lowercases, lowercases: lowercases)
    }

    /// The tokens before and after a text.
    private func frame() throws -> (start: String, end: String) {
        let processor = parts["post_processor"] ?? .null
        switch processor["type"]?.string {
        case "BertProcessing":
            if let start = processor["cls"]?.elements?.first?.string,
                let end = processor["sep"]?.elements?.first?.string
            {
                return (start, end)
            }
        case "TemplateProcessing":
            let single = processor["single"]?.elements ?? []
            if single.count == 3, let start = single[0]["SpecialToken"]?["id"]?.string,
                single[1]["Sequence"] != nil,
                let end = single[2]["SpecialToken"]?["id"]?.string
            {
                return (start, end)
            }
        default: break
        }
        throw unsupported("its tokenizer does not frame a text by a start and an end token")
    }

    /// Whether a pair is start, first, end, second, end, the last two of type 1.
    private func framesPairs(_ start: String, _ end: String) -> Bool {
        let processor = parts["post_processor"] ?? .null
        guard processor["type"]?.string == "TemplateProcessing" else { return true }
        let places = (processor["pair"]?.elements ?? []).map { place -> String in
            let part = place["SpecialToken"] ?? place["Sequence"] ?? .null
            return "\(part["id"]?.string ?? "") \(part["type_id"]?.integer ?? -1)"
        }
        return places == ["\(start) 0", "A 0", "\(end) 0", "B 1", "\(end) 1"]
    }

    private func id(_ token: String) throws -> Int32 {
        guard let id = vocabulary.id(of: token) else {
            throw EmbeddingError.damaged(path: path, reason: "its vocabulary lacks '\(token)'")
        }
        return id
    }

    private func specialTokens() throws -> [WordPieceTokenizer.SpecialToken] {
        try (parts["added_tokens"]?.elements ?? []).map { token in
            guard let content = token["content"]?.string, !content.isEmpty,
                let id = token["id"]?.integer.flatMap({ Int32(exactly: $0) })
            else {
                throw EmbeddingError.damaged(path: path, reason: "an added token makes no sense")
            }
            for key in ["single_word", "lstrip", "rstrip", "normalized"]
            where token[key]?.bool == true {
                throw unsupported("its added token '\(content)' is '\(key)'")
            }
            return WordPieceTokenizer.SpecialToken(bytes: Array(content.utf8), id: id)
        }
    }

    private func unsupported(_ reason: String) -> EmbeddingError {
        .unsupported(path: path, reason: reason)
    }
}

extension JSONReader {
    /// Reads an object of numbers into a vocabulary, key by key, without a string on the way.
    fileprivate mutating func object(keysInto pieces: inout Vocabulary) throws {
        try pairs { reader in
            try pieces.append { bytes in
                try reader.string(appendingTo: &bytes)
                try reader.colon()
                let id = try reader.integer()
                guard let id = Int32(exactly: id) else { throw reader.malformed }
                return id
            }
        }
    }
}
