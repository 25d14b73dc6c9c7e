import Foundation
import LoreCore

/// Takes a Jupyter notebook apart: its Markdown, its code, and what the code put out as text.
///
/// Pictures and HTML that code put out are dropped.
enum NotebookReader {
    static func read(_ bytes: ArraySlice<UInt8>) throws(UnreadableText) -> ParsedText {
        if let offset = Array(bytes).withUnsafeBufferPointer(firstInvalidUTF8) {
            throw .notUTF8(byteOffset: bytes.startIndex + offset)
        }
        guard bytes.contains(where: { !$0.isBlank }) else { return ParsedText(extracted: []) }
        var text = ExtractedText()
        var frontMatter = FrontMatter()
        for (index, cell) in try notebook(bytes).allCells.enumerated() {
            var source = cleaned(cell.source)
            if index == 0, cell.kind == "markdown" { frontMatter = takeFrontMatter(of: &source) }
            add(cell, source: source, to: &text)
        }
        var parsed = text.parsed()
        parsed.frontMatter = frontMatter
        parsed.title = frontMatter.title ?? parsed.blocks.firstTopHeading
        return parsed
    }

    private static func notebook(_ bytes: ArraySlice<UInt8>) throws(UnreadableText) -> Notebook {
        do {
            return try JSONDecoder().decode(Notebook.self, from: Data(bytes))
        } catch DecodingError.dataCorrupted {
            throw .malformed("it is not JSON")
        } catch {
            throw .malformed("it is not laid out as a notebook")
        }
    }

    /// Takes the front matter that a notebook begins with away from its first cell.
    private static func takeFrontMatter(of source: inout [UInt8]) -> FrontMatter {
        let reading = source.withUnsafeBufferPointer { FrontMatter.read($0, from: 0) }
        switch reading {
        case .none: return FrontMatter()
        case .read(let frontMatter, let end):
            source.removeFirst(end)
            return frontMatter
        case .malformed:
            // What it meant to say of the note is not known.
            return FrontMatter(isLocalOnly: true)
        }
    }

    private static func add(
        _ cell: NotebookCell, source: [UInt8], to text: inout ExtractedText
    ) {
        switch cell.kind {
        case "markdown":
            // What looks like front matter is text here: it would have to be on the first line.
            let looksLikeOne = source.first.map { "-.+".utf8.contains($0) } ?? false
            let body = looksLikeOne ? [newline] + source : source
            let parsed = body.withUnsafeBufferPointer { MarkdownReader.read($0, from: 0) }
            text.add(body, parsed.blocks)
        case "heading":
            let words = String(decoding: source, as: UTF8.self).split(
                whereSeparator: \.isWhitespace)
            text.addHeading(level: min(max(cell.level, 1), 6), words.joined(separator: " "))
        case "code":
            text.add(.code, source)
            for output in cell.outputs { text.add(.code, cleaned(output.plainText)) }
        default: text.add(.paragraph, source)
        }
    }

    /// The text without NUL bytes and terminal colours.
    private static func cleaned(_ text: String) -> [UInt8] {
        let escape: UInt8 = 0x1B
        let bytes = Array(text.utf8)
        guard bytes.contains(where: { $0 == escape || $0 == 0 }) else { return bytes }
        var result: [UInt8] = []
        var offset = 0
        while offset < bytes.count {
            if bytes[offset] == escape, offset + 1 < bytes.count, bytes[offset + 1] == 0x5B {
                offset += 2
                while offset < bytes.count, !(0x40...0x7E ~= bytes[offset]) { offset += 1 }
            } else if bytes[offset] != 0 {
                result.append(bytes[offset])
            }
            offset += 1
        }
        return result
    }
}

/// The parts of a notebook file that have text, in its formats 3 and 4.
///
/// - SeeAlso: https://nbformat.readthedocs.io/en/latest/format_description.html
private struct Notebook: Decodable {
    private struct Worksheet: Decodable {
        let cells: [NotebookCell]
    }

    private let cells: [NotebookCell]?
    private let worksheets: [Worksheet]?

    var allCells: [NotebookCell] { cells ?? worksheets.map { $0.flatMap(\.cells) } ?? [] }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        cells = try container.decodeIfPresent([NotebookCell].self, forKey: .cells)
        worksheets =
            try cells == nil ? container.decode([Worksheet].self, forKey: .worksheets) : nil
    }

    private enum Keys: CodingKey {
        case cells, worksheets
    }
}

private struct NotebookCell: Decodable {
    let kind: String
    let source: String
    let level: Int
    let outputs: [NotebookOutput]

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        kind = try container.decode(String.self, forKey: .cell_type)
        let text = try container.decodeIfPresent(NotebookText.self, forKey: .source)
        source =
            try (text ?? container.decodeIfPresent(NotebookText.self, forKey: .input))?.text ?? ""
        level = try container.decodeIfPresent(Int.self, forKey: .level) ?? 1
        outputs = try container.decodeIfPresent([NotebookOutput].self, forKey: .outputs) ?? []
    }

    private enum Keys: String, CodingKey {
        case cell_type, source, input, level, outputs
    }
}

private struct NotebookOutput: Decodable {
    /// Empty where the output is a picture or the like.
    let plainText: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        if let name = try container.decodeIfPresent(String.self, forKey: .ename) {
            let value = try container.decodeIfPresent(String.self, forKey: .evalue) ?? ""
            plainText = "\(name): \(value)"
        } else if let text = try container.decodeIfPresent(NotebookText.self, forKey: .text) {
            plainText = text.text
        } else {
            let bundle = try container.decodeIfPresent(Bundle.self, forKey: .data)
            plainText = bundle?.plain?.text ?? ""
        }
    }

    /// The same output in several types; only the one that lore reads is decoded.
    private struct Bundle: Decodable {
        let plain: NotebookText?

        private enum CodingKeys: String, CodingKey {
            case plain = "text/plain"
        }
    }

    private enum Keys: CodingKey {
        case ename, evalue, text, data
    }
}

/// A string, or the lines of one.
private struct NotebookText: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // Not a string: then it has to be a list of them, or the error says so.
        if let whole = try? container.decode(String.self) {
            text = whole
        } else {
            text = try container.decode([String].self).joined()
        }
    }
}
