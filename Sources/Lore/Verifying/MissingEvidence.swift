import LoreChat
import LoreCore
import LoreStore

/// Words that are not in the note that was cited.
struct MissingEvidence: Sendable {
    /// What is missing there.
    enum Absence: Sendable {
        /// The note itself: wherever the words stand, they have moved to.
        case ofNote
        /// The words and all that stood around them: they have moved where the whole passage stands.
        case ofPassage
        /// The words alone: they were changed, whoever else says them.
        case ofWords
    }

    let cited: CitedPassage
    let evidence: CitedEvidence
    let absence: Absence

    /// What a note must hold for the words to have moved there; nil: no note counts.
    var wanted: BytePattern? {
        switch absence {
        case .ofNote: BytePattern(evidence.text.utf8)
        case .ofPassage: BytePattern(cited.passage.utf8)
        case .ofWords: nil
        }
    }

    /// Where the words stand in another note, if they count as moved there.
    func place(in note: NoteText, at path: String, below folder: String) -> MovedPlace? {
        guard absence != .ofWords, let found = evidence.place(inOther: note.bytes),
            found.hasPassage || absence == .ofNote
        else { return nil }
        return MovedPlace(
            folder: folder, path: path, range: found.range,
            page: note.pages.page(at: found.range.bytes.lowerBound),
            likeness: MovedPlace.Likeness(
                hasPassage: found.hasPassage, isSameFolder: folder == cited.citation.folder,
                isSameName: name(of: path) == name(of: cited.path)))
    }

    private func name(of path: String) -> Substring {
        path.split(separator: "/").last ?? path[...]
    }

    /// What became of the words, which stand at `place` or nowhere.
    func outcome(at place: MovedPlace?, paths: ShownPaths) -> CheckedCitation {
        let citation = cited.citation
        guard let place else {
            return CheckedCitation(
                citation: citation, status: absence == .ofNote ? .gone : .changed,
                folder: citation.folder, path: citation.path, range: nil, page: nil)
        }
        return CheckedCitation(
            citation: citation, status: .moved, folder: place.folder,
            path: paths.shown(place.path, in: place.folder), range: place.range, page: place.page)
    }
}

/// A note that words have moved to, and where in it.
struct MovedPlace: Sendable {
    /// How much speaks for this note among several that hold the words.
    struct Likeness: Comparable, Sendable {
        let hasPassage: Bool
        let isSameFolder: Bool
        let isSameName: Bool

        private var weight: Int {
            (hasPassage ? 4 : 0) + (isSameFolder ? 2 : 0) + (isSameName ? 1 : 0)
        }

        static func < (left: Likeness, right: Likeness) -> Bool { left.weight < right.weight }
    }

    let folder: String
    /// Below the folder.
    let path: String
    let range: SourceRange
    let page: Int?
    let likeness: Likeness
}
