/// What the fields or attributes at the top of a note say about it.
struct DocumentFields {
    /// A longer name is none.
    static let maxNameBytes = 64
    private static let maxValueBytes = 4096

    private(set) var frontMatter = FrontMatter()

    /// Takes over the field whose name and value stand at these bytes, unless it is of no interest
    /// or was there before.
    mutating func set(_ text: TextBytes, name: Range<Int>, value: Range<Int>) {
        guard value.count <= Self.maxValueBytes else { return }
        let value = text.string(in: value)
        switch text.string(in: name).lowercased() {
        case "title", "doctitle":
            frontMatter.title = frontMatter.title ?? FrontMatter.oneLine(value)
        case "date", "revdate", "created":
            frontMatter.date = frontMatter.date ?? calendarDay(value)
        case "tags", "tag", "keywords", "page-tags":
            frontMatter.tags = FrontMatter.distinct(
                frontMatter.tags
                    + value.split(separator: ",").compactMap { FrontMatter.tag(String($0)) })
        case "local_only", "local-only": frontMatter.isLocalOnly = FrontMatter.saysYes(value)
        default: break
        }
    }

    mutating func set(date: String) { frontMatter.date = date }
}
