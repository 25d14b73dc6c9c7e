package import LoreCore

extension DocumentFormat {
    /// The format that the end of a name says, in any case of letters; nil where lore cannot read it.
    package init?(fileName: [UInt8]) {
        guard let dot = fileName.lastIndex(of: UInt8(ascii: ".")), dot > fileName.startIndex else {
            return nil
        }
        let ending = String(decoding: fileName[(dot + 1)...], as: UTF8.self).lowercased()
        guard let format = Self.byEnding[ending] else { return nil }
        self = format
    }

    private static let byEnding: [String: DocumentFormat] = {
        var formats: [String: DocumentFormat] = [:]
        for (format, endings) in endings {
            for ending in endings.split(separator: " ") { formats[String(ending)] = format }
        }
        for ending in SourceLanguage.endings { formats[ending] = .sourceCode }
        return formats
    }()

    private static let endings: [(DocumentFormat, String)] = [
        (.markdown, "md markdown mdown mkd"),
        (.plainText, "txt text"),
        (.html, "html htm xhtml"),
        (.org, "org"),
        (.restructuredText, "rst"),
        (.asciiDoc, "adoc asciidoc asc"),
        (.csv, "csv"),
        (.tsv, "tsv tab"),
        (.json, "json"),
        (.jsonLines, "jsonl ndjson"),
        (.notebook, "ipynb"),
        (.email, "eml"),
        (.mailbox, "mbox"),
        (.subRip, "srt"),
        (.webVTT, "vtt"),
        (.pdf, "pdf"),
        (.word, "docx"),
        (.openDocument, "odt"),
        (.epub, "epub"),
        (.richText, "rtf"),
    ]
}
