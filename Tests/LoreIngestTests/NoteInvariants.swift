import LoreCore
import LoreIngest

/// What holds of every note that can be read, whatever its format.
struct NoteInvariants {
    let counter = EstimatedTokenCounter()
    let maxTokens: Int

    /// What does not hold of the bytes as a file at `path`; nil where all does, or where the file is
    /// refused for a reason that lore has.
    func failure(path: String, format: DocumentFormat, bytes: [UInt8]) throws -> String? {
        let note: ReadDocument
        do {
            note = try DocumentReader(maxFileBytes: .max)
                .document(path: path, format: format, bytes: bytes)
        } catch is IngestError {
            return nil
        }
        return failure(of: note, bytes: bytes)
    }

    /// What does not hold of a note that was read from `bytes`; nil where all does.
    func failure(of note: ReadDocument, bytes: [UInt8]) -> String? {
        let chunker = Chunker(counter: counter, maxTokens: maxTokens)
        let chunks = chunker.chunks(of: note)
        if note.document.isConverted != (note.text != bytes), note.text != bytes {
            return "the text is not the file's, and not said to be converted"
        }
        return blocks(of: note) ?? ranges(chunks, note) ?? coverage(chunks, note)
            ?? limit(chunks, note)
            ?? (chunker.chunks(of: note) == chunks ? nil : "other chunks at the second time")
    }

    private func blocks(of note: ReadDocument) -> String? {
        var end = note.bodyStart
        for block in note.blocks {
            let bytes = block.range.bytes
            guard bytes.lowerBound >= end, !bytes.isEmpty, bytes.upperBound <= note.text.count
            else {
                return "block \(bytes) after \(end)"
            }
            if let byte = note.text[end..<bytes.lowerBound].firstIndex(where: { !isBlank($0) }),
                !isMark(note.text, byte)
            {
                return "byte \(byte) is in no block"
            }
            if isBlank(note.text[bytes.upperBound - 1]) { return "block \(bytes) ends blank" }
            if let fault = items(of: block) { return fault }
            if case .heading(let level, _) = block.kind, !(1...6).contains(level) {
                return "level \(level)"
            }
            end = bytes.upperBound
        }
        let rest = note.text[min(end, note.text.count)...].firstIndex { !isBlank($0) }
        guard let rest, !isMark(note.text, rest) else { return nil }
        return "byte \(rest) at the end is in no block"
    }

    private func items(of block: Block) -> String? {
        let bytes = block.range.bytes
        let isAscending = zip(block.itemStarts, block.itemStarts.dropFirst()).allSatisfy { $0 < $1 }
        guard isAscending, block.itemStarts.allSatisfy(bytes.contains) else {
            return "items \(block.itemStarts) in \(bytes)"
        }
        guard let lead = block.lead else { return nil }
        return lead.isEmpty ? "empty lead in \(bytes)" : nil
    }

    private func ranges(_ chunks: [Chunk], _ note: ReadDocument) -> String? {
        var end = 0
        var line = 1
        for chunk in chunks {
            let range = chunk.range.bytes
            guard range.lowerBound >= end, !range.isEmpty else {
                return "chunk \(range) after \(end)"
            }
            guard Array(chunk.text.utf8) == Array(note.text[range]) else {
                return "chunk \(range) is not the text there"
            }
            line += note.text[end..<range.lowerBound].count { $0 == 0x0A }
            let last = line + note.text[range].count { $0 == 0x0A }
            guard chunk.range.lines == line...last else { return "lines of chunk \(range)" }
            line = last
            end = range.upperBound
            let first = note.text[range].first { !isBlank($0) || $0 == 0x0A }
            if isBlank(note.text[end - 1]) || first == 0x0A { return "chunk \(range) is untidy" }
        }
        return nil
    }

    private func coverage(_ chunks: [Chunk], _ note: ReadDocument) -> String? {
        var position = note.bodyStart
        for range in chunks.map(\.range.bytes) + [note.text.count..<note.text.count] {
            guard position <= range.lowerBound else { return "chunk \(range) in the front matter" }
            let lost = note.text[position..<range.lowerBound].firstIndex { !isBlank($0) }
            if let lost, !isMark(note.text, lost) { return "byte \(lost) is in no chunk" }
            position = range.upperBound
        }
        return nil
    }

    private func limit(_ chunks: [Chunk], _ note: ReadDocument) -> String? {
        for chunk in chunks {
            let (title, date) = (note.document.title, note.document.date)
            let path = count(
                Chunk.embeddedText(title: title, heading: chunk.heading, date: date, text: ""))
            let all = count(
                Chunk.embeddedText(
                    title: title, heading: chunk.heading, date: date, lead: chunk.lead,
                    text: chunk.text))
            if all > path + max(maxTokens - path, maxTokens / 4) {
                return "chunk \(chunk.range.bytes) has \(all) tokens"
            }
            if chunk.text.utf8.count > maxTokens * 32 {
                return "chunk \(chunk.range.bytes) is long"
            }
        }
        return nil
    }

    private func count(_ text: String) -> Int {
        var text = text
        return text.withUTF8 { counter.countTokens($0) }
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

    /// Whether the byte is part of a byte-order mark at the start.
    private func isMark(_ text: [UInt8], _ offset: Int) -> Bool {
        offset < 3 && text.starts(with: [0xEF, 0xBB, 0xBF])
    }
}
