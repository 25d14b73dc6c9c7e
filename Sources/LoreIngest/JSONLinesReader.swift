import LoreCore

/// Takes JSON lines apart: a value on each line.
///
/// Small lines are kept together; a large one is a block that is cut between its members.
/// Lines that are not JSON stay as text.
enum JSONLinesReader {
    /// A line of more bytes is a block of its own.
    private static let largeBytes = 1024
    /// Small lines are kept together up to so many bytes.
    private static let runBytes = 4096

    /// Reads a file whose text starts at `start`, after a byte-order mark.
    static func read(_ text: TextBytes, from start: Int) -> ParsedText {
        var blocks = BlockCollector(text: text)
        var malformed = 0
        var run = start
        for line in text.lines(from: start) where !line.isBlank {
            let items = items(text, line)
            if items == nil { malformed += 1 }
            if line.content.count > largeBytes {
                blocks.add(.table, run..<line.start)
                blocks.add(.code, line.start..<line.next, itemStarts: items ?? [])
                run = line.next
            } else if line.next - run > runBytes {
                blocks.add(.table, run..<line.next)
                run = line.next
            }
        }
        blocks.add(.table, run..<text.count)
        return ParsedText(blocks: blocks.blocks, notice: notice(malformed))
    }

    private static func notice(_ malformed: Int) -> String? {
        switch malformed {
        case 0: nil
        case 1: "1 of its lines is not JSON and was indexed as text"
        default: "\(malformed) of its lines are not JSON and were indexed as text"
        }
    }

    /// Where the members of the line's object start, but for the first; nil where it is not JSON.
    private static func items(_ text: TextBytes, _ line: TextLine) -> [Int]? {
        var scanner = JSONScanner(text, in: line.content)
        var items: [Int] = []
        do throws(JSONScanner.Malformed) {
            while let event = try scanner.next() {
                if case .key(let range) = event, scanner.depth == 1 {
                    items.append(range.lowerBound)
                }
            }
            return Array(items.dropFirst())
        } catch {
            return nil
        }
    }
}
