import LoreCore

/// Takes SubRip and WebVTT transcripts apart: a block for each speaker's turn, cut between cues.
///
/// A cue keeps its number and its times, so that a citation shows when it was said. A cue that
/// names no speaker goes on with the turn before it. Notes and styles of WebVTT are text.
enum TranscriptReader {
    /// Reads a file whose text starts at `start`, after a byte-order mark.
    static func read(_ text: TextBytes, from start: Int) -> ParsedText {
        var scan = TranscriptScan(text: text)
        for line in text.lines(from: start) { scan.add(line) }
        return ParsedText(blocks: scan.finish())
    }
}

/// Goes through the lines of a transcript.
private struct TranscriptScan {
    let text: TextBytes
    private var blocks: BlockCollector
    /// Where the open block starts, and its cues after the first.
    private var turn: Int?
    private var cues: [Int] = []
    private var speaker: Range<Int>?
    private var isInCue = false
    /// A cue whose words have not come yet: where it starts.
    private var pendingCue: Int?
    /// The line above, where no blank one parts them: a cue's number or name.
    private var above: TextLine?
    private var aboveIsFirst = false
    private var isAfterBlank = true
    /// The lines that stand in no cue.
    private var other: Range<Int>?

    init(text: TextBytes) {
        self.text = text
        blocks = BlockCollector(text: text)
    }

    mutating func add(_ line: TextLine) {
        defer { isAfterBlank = line.isBlank }
        if line.isBlank {
            above = nil
            if other != nil { endOther(at: line.start) }
        } else if isTimes(line) {
            startCue(line)
            above = nil
        } else {
            if pendingCue != nil {
                placeCue(firstWords: line)
            } else if above == nil, startsOther(line) {
                endTurn(at: line.start)
                other = line.start..<line.next
            } else if turn == nil, other == nil {
                other = line.start..<line.next
            }
            above = line
            aboveIsFirst = isAfterBlank
        }
    }

    mutating func finish() -> [Block] {
        if let pendingCue { place(pendingCue, speaker: nil) }
        if other != nil { endOther(at: text.count) }
        endTurn(at: text.count)
        return blocks.blocks
    }

    /// Notes the cue whose times `line` holds; the line right above is its name.
    private mutating func startCue(_ line: TextLine) {
        if let pendingCue { place(pendingCue, speaker: nil) }
        let start = above.map { isName($0) ? $0.start : line.start } ?? line.start
        if other != nil { endOther(at: start) }
        pendingCue = start
    }

    private mutating func placeCue(firstWords line: TextLine) {
        guard let cue = pendingCue else { return }
        place(cue, speaker: SpeakerName.find(text, line))
    }

    /// Adds a cue to the turn that is open, or opens one where another speaks.
    private mutating func place(_ cue: Int, speaker name: Range<Int>?) {
        pendingCue = nil
        let isOther = name.map { name in
            speaker.map { !text[$0].elementsEqual(text[name]) } ?? true
        }
        if turn != nil, isOther != true {
            cues.append(cue)
        } else {
            endTurn(at: cue)
            turn = cue
        }
        if let name { speaker = name }
    }

    private mutating func endTurn(at end: Int) {
        guard let start = turn else { return }
        blocks.add(.list, start..<end, itemStarts: cues)
        turn = nil
        cues = []
    }

    /// Makes a paragraph of the lines outside cues, up to a blank line or a cue.
    private mutating func endOther(at end: Int) {
        if let start = other?.lowerBound, start < end { blocks.add(.paragraph, start..<end) }
        other = nil
    }

    /// `00:01:02,500 --> 00:01:04,000`, with anything after it.
    private func isTimes(_ line: TextLine) -> Bool {
        guard text[line.first].isDigit, line.content.count >= 12 else { return false }
        let limit = min(line.end, line.first + 20)
        let end = text.endOfRun(from: line.first, before: limit) {
            $0.isDigit || ":,.".utf8.contains($0)
        }
        let arrow = text.endOfRun(from: end, before: limit) { $0.isBlank }
        return text.has("-->", at: arrow, before: line.end)
    }

    /// Whether the line above a cue's times is its number or name: the first of its group.
    private func isName(_ line: TextLine) -> Bool {
        text[line.content].allSatisfy(\.isDigit) || aboveIsFirst
    }

    private func startsOther(_ line: TextLine) -> Bool {
        ["NOTE", "STYLE", "REGION", "WEBVTT"].contains {
            text.has($0, at: line.start, before: line.end)
        }
    }
}

/// The speaker that the first line of a cue names.
private enum SpeakerName {
    private static let maxBytes = 60

    /// The name in `<v Name>`, `Name:`, `- Name:` or `>> Name:`; nil where there is none.
    static func find(_ text: TextBytes, _ line: TextLine) -> Range<Int>? {
        let limit = min(line.end, line.first + maxBytes)
        if text.has("<v", at: line.first, before: limit) {
            let start = text.endOfRun(from: line.first + 2, before: limit) {
                !$0.isBlank && $0 != 0x3E
            }
            let end = text.endOfRun(from: start, before: limit) { $0 != UInt8(ascii: ">") }
            let name = text.firstNonBlank(in: start..<end)..<end
            return end < limit && !name.isEmpty ? name : nil
        }
        let start = text.endOfRun(from: line.first, before: limit) {
            "->".utf8.contains($0) || $0.isBlank
        }
        let end = text.endOfRun(from: start, before: limit) { isPart($0) }
        guard end > start, end < limit, text[end] == UInt8(ascii: ":"), !text[start].isDigit,
            end + 1 == line.end || text[end + 1].isBlank, startsLikeName(text[start])
        else { return nil }
        return start..<end
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        byte.isNamePart || byte == 0x20 || ".'-()#".utf8.contains(byte)
    }

    /// A capital, or a letter beyond ASCII.
    private static func startsLikeName(_ byte: UInt8) -> Bool {
        byte.lowercased != byte || byte >= 0x80
    }
}
