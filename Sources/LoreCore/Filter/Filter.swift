/// Which notes a search may return: `tag:work -tag:draft path:meetings/ after:2026-01-01`.
///
/// Terms are `field:value`; those that stand side by side must all hold. `OR` lets one of several
/// hold, parentheses group, `-` (or `NOT`) before a term or a group says that it must not hold; `AND`
/// may be written. Quotes hold a value with spaces together: `title:"q3 plan"`. Letters' case never
/// matters.
///
/// | term | holds for notes |
/// |---|---|
/// | `tag:work`, `#work` | with that tag or one nested in it (`work/q3`); `tag:*` with any |
/// | `path:meetings/` | whose path below the indexed folder, or with the folder's name in front, starts like that |
/// | `path:*.md`, `path:2026/**/notes` | whose path, or a folder on its way, fits the pattern; without a slash in any folder, as in `.gitignore` |
/// | `folder:archive` | in a folder of that name at any depth, or in the indexed folder called so |
/// | `file:draft` | with that in the file's name; `file:2026-*` whose whole name fits |
/// | `type:md` | of that format, by its name or the end of a file's name; `ext:md` by the end alone |
/// | `title:"q3 plan"`, `alias:q3` | with those words in the title, in another name |
/// | `after:2026-01`, `since:…` | of that day or later, of a month or year from its first day |
/// | `before:today` | of an earlier day; `until:…` includes it |
/// | `on:2026-01-15`, `date:2026-01..2026-03` | of that day, month or year; from the first to the second, both included |
///
/// A day is `2026`, `2026-01`, `2026-01-15`, `today`, `yesterday`, `tomorrow`, `today-7d`, `-2w`,
/// `-3m`, `-1y`. A note's day is that of its front matter, else the one in its file's name, else the
/// day of its last change.
public struct Filter: Hashable, Sendable {
    /// As it was written.
    public let text: String
    let root: FilterNode

    /// Reads a filter.
    ///
    /// - Throws: `FilterError`, which shows the place and says what would be right.
    public init(_ text: String) throws(FilterError) {
        var parser = try FilterParser(text)
        root = try parser.filter()
        self.text = text
    }

    private init(_ text: String, _ root: FilterNode) { (self.text, self.root) = (text, root) }

    /// What passes this filter and `other`.
    package func joined(with other: Filter) -> Filter {
        Filter("(\(text)) (\(other.text))", .all([root, other.root]))
    }
}

extension Filter: CustomStringConvertible {
    public var description: String { text }
}
