package import LoreCore

/// A chunk with what a hit shows of its note.
package struct StoredChunk: Hashable, Sendable {
    package let row: Int64
    package let documentRow: Int64
    /// From 0, in the order of the note.
    package let ordinal: Int
    package let chunk: Chunk
    package let folderName: String
    package let folderPath: String
    /// Of the note, below its folder.
    package let path: String
    package let title: String
    package let tags: [String]
    /// Whether the note's text was extracted from its file, and is not the file's own.
    package let isConverted: Bool
    /// `YYYY-MM-DD`.
    package let date: String?
    /// Of the note.
    package let pages: PageMap
}
