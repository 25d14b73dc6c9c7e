import LoreCore
import LoreStore

/// What a model may have run over the notes while it answers: all of it only reads.
struct NoteTools: Sendable {
    let knowledgeBase: KnowledgeBase
    /// Which notes may be looked at; nil for all.
    let filter: Filter?
    /// Whether what the model reads stays on this machine; elsewhere no local-only note is named.
    let isOnThisMachine: Bool

    var all: [any Tool] {
        [
            SearchNotes(notes: self), ReadNote(notes: self), ListNotes(notes: self),
            CountNotes(notes: self),
        ]
    }

    /// The filter in force for a call that has one of its own.
    ///
    /// - Throws: `FilterError`.
    func filter(_ arguments: ToolArguments) throws -> Filter? {
        guard let words = try arguments.text("where"), !words.isEmpty else { return filter }
        let own = try Filter(words)
        return filter.map { $0.joined(with: own) } ?? own
    }

    /// The notes that a call is about, by folder and path: those that pass its filter and hold its words.
    func rows(_ arguments: ToolArguments, in reader: StoreReader) throws -> [Int64] {
        let passing = try filter(arguments).map {
            try reader.documents(passing: knowledgeBase.time.matcher($0))
        }
        let holding = try words(arguments).map { words in
            guard let rows = try reader.documents(holding: words) else {
                throw ToolArgumentError.noWords(words)
            }
            return rows
        }
        let hidden = try isOnThisMachine ? [] : localOnly.documents(in: reader)
        let isHidden = Set(hidden)
        return try reader.documentRows().filter { row in
            (passing?.contains(row) ?? true) && (holding?.contains(row) ?? true)
                && !isHidden.contains(row)
        }
    }

    private func words(_ arguments: ToolArguments) throws -> String? {
        try arguments.text("query").flatMap { $0.isEmpty ? nil : $0 }
    }

    /// So many notes that a call found, and what it looked for: `1 note that holds the words of "pump"`.
    func found(_ count: Int, _ arguments: ToolArguments) throws -> String {
        let verb = count == 1 ? "holds" : "hold"
        let holding = try words(arguments).map { " that \(verb) the words of \"\($0)\"" } ?? ""
        let passing = try arguments.text("where").flatMap { $0.isEmpty ? nil : " with \($0)" } ?? ""
        return (count == 1 ? "1 note" : "\(count) notes") + holding + passing
    }

    var localOnly: LocalOnly { LocalOnly(knowledgeBase.configuration) }

    func store() throws -> Store { try knowledgeBase.opened.reader() }
}
