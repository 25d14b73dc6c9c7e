package import LoreCore

/// A text that a provider is to embed, and the note it is of.
package struct EmbeddableText: Hashable, Sendable {
    package let text: String
    /// Nil where it is of no note, as a question.
    package let origin: NoteOrigin?

    package init(_ text: String, of origin: NoteOrigin? = nil) {
        self.text = text
        self.origin = origin
    }
}
