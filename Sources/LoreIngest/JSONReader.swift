import Foundation
import LoreCore

/// Takes JSON apart at the members of the outermost object or the elements of the array.
///
/// A large member of an object stands under its key; small ones are kept together. What is larger
/// than a chunk is cut between the values that it holds.
enum JSONReader {
    /// A member or element of more bytes is a block of its own.
    fileprivate static let largeBytes = 512
    /// Between places to cut lie at least so many bytes.
    fileprivate static let cutBytes = 64

    /// Reads a file whose text starts at `start`, after a byte-order mark.
    static func read(_ text: TextBytes, from start: Int) -> ParsedText {
        guard text.firstNonBlank(in: start..<text.count) < text.count else { return ParsedText() }
        var parts = JSONParts(text: text, from: start)
        do throws(JSONScanner.Malformed) {
            try parts.scan()
        } catch {
            var parsed = PlainTextReader.read(text, from: start)
            parsed.notice = "it is not valid JSON and was indexed as text"
            return parsed
        }
        var parsed = ParsedText(blocks: parts.blocks.blocks)
        parsed.title = parts.title ?? parts.name
        return parsed
    }
}

/// Gathers the blocks of one JSON value.
private struct JSONParts {
    let text: TextBytes
    var blocks: BlockCollector
    private(set) var title: String?
    private(set) var name: String?

    private var scanner: JSONScanner
    private var key: Range<Int>?
    /// Where the parts that wait for a block start, how many they are, and the key of the first.
    private var run: Int
    private var runCount = 0
    private var runKey: Range<Int>?
    private var runItems: [Int] = []
    /// Where the part that is being read starts, and the values in it.
    private var part: Int
    private var items: [Int] = []
    /// Whether the block before stands under a key.
    private var isUnderKey = false

    init(text: TextBytes, from start: Int) {
        self.text = text
        blocks = BlockCollector(text: text)
        scanner = JSONScanner(text, in: start..<text.count)
        run = start
        part = start
    }

    mutating func scan() throws(JSONScanner.Malformed) {
        while let event = try scanner.next() {
            let depth = scanner.depth
            switch event {
            case .key(let range):
                if depth == 1 {
                    key = range
                    part = range.lowerBound
                } else if depth == 2 {
                    note(range.lowerBound)
                }
            case .scalar(let range): scalar(range, depth: depth)
            case .begin(let offset): begin(offset, depth: depth)
            case .end(let offset):
                if depth == 1 { endPart(at: offset + 1) }
            }
        }
        flush(upTo: text.count)
    }

    private mutating func scalar(_ range: Range<Int>, depth: Int) {
        if depth == 1 {
            if key == nil { part = range.lowerBound }
            readName(range)
            endPart(at: range.upperBound)
        } else if depth == 2 {
            note(range.lowerBound)
        }
    }

    private mutating func begin(_ offset: Int, depth: Int) {
        if depth == 2, key == nil { part = offset }
        if depth == 3 { note(offset) }
    }

    /// Notes that a value within the present part starts at `offset`.
    private mutating func note(_ offset: Int) {
        if offset - (items.last ?? part) >= JSONReader.cutBytes { items.append(offset) }
    }

    /// Ends the present member or element.
    private mutating func endPart(at end: Int) {
        let isLarge = end - part > JSONReader.largeBytes && !items.isEmpty
        if isLarge {
            if runCount > 0 { flush(upTo: part) }
            if let key { addHeading(string(key) ?? text.string(in: key), key) }
            isUnderKey = false
            runItems = items
            flush(upTo: endWithSign(end))
            isUnderKey = key != nil
        } else {
            if runCount == 0 { runKey = key }
            runCount += 1
            if part - (runItems.last ?? run) >= JSONReader.cutBytes { runItems.append(part) }
        }
        key = nil
        items = []
    }

    /// Makes a block of what waits before `end`.
    private mutating func flush(upTo end: Int) {
        if isUnderKey, let runKey { addHeading("", runKey) }
        blocks.add(.code, run..<end, itemStarts: runItems.filter { $0 > run })
        run = end
        runCount = 0
        runKey = nil
        runItems = []
    }

    /// Makes a heading of what waits up to the end of a key.
    private mutating func addHeading(_ words: String, _ key: Range<Int>) {
        blocks.add(.heading(level: 1, text: words), run..<key.upperBound)
        run = key.upperBound
        isUnderKey = false
    }

    /// The offset after the comma or bracket that follows a part.
    private func endWithSign(_ end: Int) -> Int {
        let sign = text.firstNonBlank(in: end..<text.count)
        return sign < text.count ? sign + 1 : end
    }

    /// Takes a short string under "title" or "name" for the title.
    private mutating func readName(_ range: Range<Int>) {
        guard let key, range.count <= 400, text[range.lowerBound] == UInt8(ascii: "\"") else {
            return
        }
        if text[key].elementsEqual("\"title\"".utf8) {
            title = title ?? string(range)
        } else if text[key].elementsEqual("\"name\"".utf8) {
            name = name ?? string(range)
        }
    }

    /// The words of a string with its escapes resolved; nil where it has none.
    private func string(_ range: Range<Int>) -> String? {
        let data = Data(text[range.lowerBound..<min(range.upperBound, range.lowerBound + 2048)])
        // A string that cannot be decoded is no title; it stays in the text.
        guard let string = try? JSONDecoder().decode(String.self, from: data) else { return nil }
        return FrontMatter.oneLine(string)
    }
}
