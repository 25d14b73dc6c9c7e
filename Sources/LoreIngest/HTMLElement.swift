/// What an element of HTML means for the text.
enum HTMLElement: Hashable {
    /// Part of a line of text, or unknown.
    case inline
    /// Starts and ends a paragraph.
    case block
    /// Holds what the page is about.
    case main
    /// Above or below what the page is about, but inside it part of it.
    case header, footer, aside
    /// No text for a reader: navigation, controls, pictures drawn by lines.
    case dropped
    /// Dropped, and what stands in it is not HTML.
    case rawText
    case title, meta
    case heading(level: Int)
    case lineBreak
    case preformatted
    case quote
    case list(isOrdered: Bool)
    case item
    case term, definition
    case table, row, cell, headCell, caption

    init(named name: String) { self = Self.byName[name] ?? .inline }

    var holdsRawText: Bool { self == .rawText }

    private static let byName: [String: HTMLElement] = [
        "main": .main, "article": .main, "header": .header, "footer": .footer, "aside": .aside,
        "script": .rawText, "style": .rawText,
        "nav": .dropped, "button": .dropped, "select": .dropped, "textarea": .dropped,
        "label": .dropped, "datalist": .dropped, "dialog": .dropped, "menu": .dropped,
        "template": .dropped, "noscript": .dropped, "iframe": .dropped, "object": .dropped,
        "svg": .dropped, "canvas": .dropped, "audio": .dropped, "video": .dropped,
        "map": .dropped, "applet": .dropped, "noframes": .dropped,
        "title": .title, "meta": .meta,
        "h1": .heading(level: 1), "h2": .heading(level: 2), "h3": .heading(level: 3),
        "h4": .heading(level: 4), "h5": .heading(level: 5), "h6": .heading(level: 6),
        "br": .lineBreak, "pre": .preformatted, "listing": .preformatted, "xmp": .preformatted,
        "blockquote": .quote,
        "ul": .list(isOrdered: false), "ol": .list(isOrdered: true), "dir": .list(isOrdered: false),
        "dl": .list(isOrdered: false), "li": .item, "dt": .term, "dd": .definition,
        "table": .table, "tr": .row, "td": .cell, "th": .headCell, "caption": .caption,
        "p": .block, "div": .block, "section": .block, "center": .block, "address": .block,
        "figure": .block, "figcaption": .block, "details": .block, "summary": .block,
        "form": .block, "fieldset": .block, "legend": .block, "hr": .block, "body": .block,
        "hgroup": .block, "search": .dropped, "head": .block, "html": .block, "tbody": .block,
    ]
}
