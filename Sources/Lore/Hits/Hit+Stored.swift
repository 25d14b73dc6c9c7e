import LoreCore
import LoreStore

extension Hit {
    /// A chunk as it stands in its note, found by no search.
    init(_ stored: StoredChunk, rank: Int, shownAs path: String) {
        self.init(
            rank: rank, score: 0, folder: stored.folderName, path: path, title: stored.title,
            date: stored.date, chunk: stored.chunk, pages: stored.pages, explanation: [])
    }
}
