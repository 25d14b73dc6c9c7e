/// The text of a note as it is on disk now: what ranges and quotes refer to.
public struct NoteText: Hashable, Sendable {
    /// UTF-8: the file's own bytes, or what was extracted from them.
    public let bytes: [UInt8]
    public let pages: PageMap

    public init(bytes: [UInt8], pages: PageMap = PageMap()) {
        self.bytes = bytes
        self.pages = pages
    }
}
