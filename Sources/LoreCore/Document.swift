/// A note as lore knows it: what it is called and what its front matter says.
public struct Document: Hashable, Sendable {
    /// The path below the indexed folder, parts joined by `/`.
    public let path: String
    public let format: DocumentFormat
    /// From the front matter, else the first top-level heading, else the file's name.
    public let title: String
    public let tags: [String]
    /// Other names of the note, from its front matter.
    public let aliases: [String]
    /// The day the note is about, `YYYY-MM-DD`, from its front matter.
    public let date: String?
    /// Whether its front matter says that its text stays on this machine.
    public let isLocalOnly: Bool
    /// Of the file's bytes.
    public let contentHash: ContentHash
    /// Whether the text was extracted from the file, so that ranges are not those of its bytes.
    public let isConverted: Bool
    /// Where the pages of a paged document begin in its text; empty where it has none.
    public let pages: PageMap

    public init(
        path: String, format: DocumentFormat, title: String, tags: [String] = [],
        aliases: [String] = [], date: String? = nil, isLocalOnly: Bool = false,
        contentHash: ContentHash, isConverted: Bool = false, pages: PageMap = PageMap()
    ) {
        self.path = path
        self.format = format
        self.title = title
        self.tags = tags
        self.aliases = aliases
        self.date = date
        self.isLocalOnly = isLocalOnly
        self.contentHash = contentHash
        self.isConverted = isConverted
        self.pages = pages
    }
}
