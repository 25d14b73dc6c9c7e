import LoreCore
import LoreStore

/// Tells which notes' text stays on this machine: by their folder, their tags, their front matter.
///
/// The settings are read anew each time, so that a change of them needs no new index.
struct LocalOnly: Sendable {
    private let folders: Set<[UInt8]>
    private let tags: [[UInt8]]

    init(_ configuration: Configuration) {
        folders = Set(configuration.localOnlyFolders.map { folded($0.utf8) })
        tags = configuration.localOnlyTags.map { folded($0.drop { $0 == "#" }.utf8) }
    }

    /// Tags and folders are compared without regard to case; a tag holds for those below it too.
    func holds(for note: NoteMarks) -> Bool {
        note.isMarkedLocalOnly || folders.contains(folded(note.folder.utf8))
            || note.tags.contains { isMarked(folded($0.utf8)) }
    }

    private func isMarked(_ tag: [UInt8]) -> Bool {
        tags.contains { tag == $0 || tag.starts(with: $0 + [UInt8(ascii: "/")]) }
    }

    /// The documents of the index that it holds for, by row.
    func documents(in reader: StoreReader) throws -> [Int64] {
        try reader.documents(where: holds)
    }

    /// What of `passages` a model may be sent.
    func sendable(
        _ passages: [Hit], isOnThisMachine: Bool, _ files: NoteFiles
    ) throws -> SendablePassages {
        let origins = try files.store.read { reader in
            try passages.map { try origin(of: $0, in: reader, files) }
        }
        return SendablePassages(passages, origins, isOnThisMachine: isOnThisMachine)
    }

    /// The origin of `hit`; a note that the index no longer has counts as local-only.
    func origin(of hit: Hit, in reader: StoreReader, _ files: NoteFiles) throws -> NoteOrigin {
        let path = files.path(of: hit)
        return NoteOrigin(
            folder: hit.folder, path: path, lines: hit.chunk.range.lines,
            isLocalOnly: try isLocalOnly(path, in: hit.folder, reader))
    }

    /// `turns`, in their order, without the answers that may hold text of local-only notes.
    ///
    /// Such is an answer that was made from a note which is local-only now, was so then, or is not in
    /// the index any more, and one whose model was given such an answer. The user's own words stay.
    func sendable(
        _ turns: [ConversationTurn], in reader: StoreReader
    ) throws -> [ConversationTurn] {
        var withheld: Set<Int> = []
        return try turns.map { turn in
            let isWritten = turn.model != Configuration.extractive
            let isInherited = isWritten && !withheld.isSubset(of: turn.withheld)
            let isHeld = try turn.origins.contains {
                try $0.isLocalOnly || isLocalOnly($0.path, in: $0.folder, reader)
            }
            guard isInherited || isHeld else { return turn }
            withheld.insert(turn.number)
            return turn.withoutAnswer
        }
    }

    /// Whether a note is local-only now; one that the index no longer has counts as such.
    func isLocalOnly(
        _ path: String, in folder: String, _ reader: StoreReader
    ) throws -> Bool {
        try reader.marks(ofNote: path, in: folder).map(holds) ?? true
    }
}

extension ConversationTurn {
    /// The question, as if no answer had come.
    fileprivate var withoutAnswer: ConversationTurn {
        ConversationTurn(
            number: number, answerID: answerID, askedAt: askedAt, question: question,
            standaloneQuestion: question, model: model, state: state, answer: "", citations: [],
            usage: usage, isWithheld: true)
    }
}
