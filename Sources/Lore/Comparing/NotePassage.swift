public import LoreCore
import LoreStore

/// A passage of a note, with where it stands.
public struct NotePassage: Hashable, Sendable {
    /// The name of the folder the note lies in.
    public let folder: String
    /// The note's path as it is shown.
    public let path: String
    public let range: SourceRange
    /// Of the note, to say on which page something stands.
    public let pages: PageMap
    public let text: String
}

extension NotePassage {
    init(_ stored: StoredChunk, severalFolders: Bool) {
        folder = stored.folderName
        path = stored.shownPath(severalFolders: severalFolders)
        range = stored.chunk.range
        pages = stored.pages
        text = stored.chunk.text
    }
}
