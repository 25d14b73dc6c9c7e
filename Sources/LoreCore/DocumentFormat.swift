/// How a note's bytes are to be read.
public enum DocumentFormat: String, Sendable, CaseIterable {
    case markdown
    case plainText = "text"
    case html
    case org
    case restructuredText = "rst"
    case asciiDoc = "asciidoc"
    case sourceCode = "code"
    case csv
    case tsv
    case json
    case jsonLines = "jsonl"
    case notebook = "ipynb"
    case email = "eml"
    case mailbox = "mbox"
    case subRip = "srt"
    case webVTT = "vtt"
    case pdf
    case word = "docx"
    case openDocument = "odt"
    case epub
    case richText = "rtf"
}
