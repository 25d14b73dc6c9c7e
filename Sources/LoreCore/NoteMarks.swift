/// What of a note tells whether its text stays on this machine.
package struct NoteMarks: Hashable, Sendable {
    /// The name of the folder it lies in.
    package let folder: String
    package let tags: [String]
    /// Whether its front matter says so, or cannot be read; true where nobody has looked yet.
    package let isMarkedLocalOnly: Bool

    package init(folder: String, tags: [String], isMarkedLocalOnly: Bool) {
        self.folder = folder
        self.tags = tags
        self.isMarkedLocalOnly = isMarkedLocalOnly
    }
}
