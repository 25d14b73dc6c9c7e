package import LoreCore

/// A text that a model has yet to embed.
package struct PendingText: Hashable, Sendable {
    /// The first chunk that needs the vector.
    package let row: Int64
    package let hash: ContentHash
    /// What the embedder reads.
    package let text: String
    /// The path of that chunk's note below its folder, and its lines.
    package let path: String
    package let lines: ClosedRange<Int>
    package let marks: NoteMarks
}
