/// The text of a page while the parser walks through it.
struct HTMLPage {
    /// The open elements, outermost first.
    private var open: [HTMLElement] = []
    /// How many elements are open outside the outermost that is dropped; nil where none is.
    private var dropDepth: Int?
    private var blocks = HTMLBlocks()
    private var headTitle = InlineText()
    private var frontMatter = FrontMatter()

    /// An element begins.
    mutating func start(_ name: HTMLElement, attributes: HTMLAttributes) {
        let element = dropDepth == nil ? Self.element(name, attributes) : .dropped
        open.append(element)
        guard dropDepth == nil else { return }
        switch element {
        case .meta: readMeta(attributes)
        case .dropped, .rawText: drop()
        case .footer, .aside: if !blocks.isInMain { drop() } else { blocks.flush() }
        case .header: if !blocks.isInMain { blocks.enterHeader() } else { blocks.flush() }
        case .inline, .title: break
        default: blocks.start(element)
        }
    }

    /// The innermost element of this name ends.
    mutating func end(_ name: HTMLElement) {
        guard let element = open.popLast() else { return }
        if let depth = dropDepth {
            if open.count <= depth { dropDepth = nil }
            return
        }
        switch element {
        case .inline, .title, .meta, .dropped, .rawText: break
        case .header: blocks.leaveHeader()
        case .footer, .aside: blocks.flush()
        default: blocks.end(element)
        }
    }

    /// Text, which may come in many parts.
    mutating func append(_ text: TextBytes) {
        if open.last == .title, dropDepth == nil {
            headTitle.append(text)
        } else if dropDepth == nil {
            blocks.append(text)
        }
    }

    /// Begins a new line, or a space where there are no lines.
    mutating func breakLine() {
        if dropDepth == nil { blocks.breakLine() }
    }

    /// The page's main text.
    mutating func finish() -> ParsedText {
        var parsed = blocks.finish().parsed()
        let title = headTitle.words
        parsed.frontMatter = frontMatter
        parsed.title = title.isEmpty ? blocks.firstTopHeading : truncatedLabel(title)
        return parsed
    }

    private mutating func drop() {
        dropDepth = open.count - 1
        blocks.addSpace()
    }

    /// What an element is by its name, unless its attributes say otherwise.
    private static func element(
        _ name: HTMLElement, _ attributes: HTMLAttributes
    ) -> HTMLElement {
        if attributes.isEmpty || name == .meta { return name }
        if attributes.isHidden { return name.holdsRawText ? name : .dropped }
        switch attributes["role"]?.lowercased() {
        case "main", "article": return .main
        case "navigation", "contentinfo", "search", "complementary", "menu": return .dropped
        case "banner": return .header
        default: return name
        }
    }

    private mutating func readMeta(_ attributes: HTMLAttributes) {
        guard let content = attributes["content"],
            let name = attributes["name"] ?? attributes["property"] ?? attributes["itemprop"]
        else { return }
        switch name.lowercased() {
        case "keywords":
            let tags = content.split(separator: ",").prefix(100)
                .compactMap { FrontMatter.oneLine(String($0)) }
            frontMatter.tags = FrontMatter.distinct(frontMatter.tags + tags)
        case "date", "dc.date", "dcterms.date", "dcterms.created", "article:published_time",
            "datepublished":
            frontMatter.date = frontMatter.date ?? calendarDay(content)
        case "local_only", "local-only": frontMatter.isLocalOnly = FrontMatter.saysYes(content)
        default: break
        }
    }
}

extension HTMLAttributes {
    /// Whether a browser would not show the element.
    fileprivate var isHidden: Bool {
        if self["hidden"] != nil || self["aria-hidden"] == "true" { return true }
        let style = self["style"]?.lowercased().filter { !$0.isWhitespace }
        return style?.contains("display:none") ?? false
    }
}
