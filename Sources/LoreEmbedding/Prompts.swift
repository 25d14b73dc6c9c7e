import Foundation

/// What a model wants before a query and before a passage.
struct Prompts: Sendable, Hashable {
    var query = ""
    var passage = ""

    static let none = Prompts()

    private static let retrieval = "Represent this sentence for searching relevant passages: "

    /// Families whose prompts are told in their papers and model cards, not in their files.
    ///
    /// The first whose every word is in the model's name counts.
    private static let families: [(words: [String], prompts: Prompts)] = [
        (["e5-"], Prompts(query: "query: ", passage: "passage: ")),
        (["bge-", "-zh"], Prompts(query: "为这个句子生成表示以用于检索相关文章：")),
        (["bge-"], Prompts(query: retrieval)),
        (["arctic-embed"], Prompts(query: retrieval)),
        (["mxbai-embed"], Prompts(query: retrieval)),
    ]

    init(query: String = "", passage: String = "") {
        self.query = query
        self.passage = passage
    }

    /// The prompts in `config_sentence_transformers.json`, else those of the family in `names`.
    init(folder: URL, names: [String]) throws {
        let path = folder.appendingPathComponent("config_sentence_transformers.json").path
        if FileManager.default.fileExists(atPath: path) {
            let own = Prompts(try MappedFile(path: path).json())
            if own != .none {
                self = own
                return
            }
        }
        self = Self.family(of: names)
    }

    /// The prompts that a `config_sentence_transformers.json` holds.
    init(_ json: JSONValue) {
        let prompts = json["prompts"] ?? .null
        let standard = json["default_prompt_name"]?.string.flatMap { prompts[$0]?.string } ?? ""
        query = prompts["query"]?.string ?? standard
        passage = prompts["passage"]?.string ?? prompts["document"]?.string ?? standard
    }

    static func family(of names: [String]) -> Prompts {
        let names = names.map { $0.lowercased() }
        let found = families.first { words, _ in
            names.contains { name in words.allSatisfy(name.contains) }
        }
        return found?.prompts ?? .none
    }
}
