/// A line of a text: its offsets.
struct TextLine {
    let start: Int
    /// The first byte that is not blank; `end` where all are.
    let first: Int
    /// After the last byte that is not blank; `start` where all are.
    let end: Int
    /// The start of the next line.
    let next: Int

    init(_ text: TextBytes, at offset: Int) {
        start = offset
        next = text.lineEnd(from: offset, limit: text.count)
        end = text.endOfNonBlank(in: offset..<next)
        first = text.firstNonBlank(in: offset..<end)
    }

    var isBlank: Bool { end == start }
    var isIndented: Bool { first > start }
    /// The bytes before the first that is not blank.
    var indent: Int { first - start }
    /// The line without white space around it.
    var content: Range<Int> { first..<end }
}

extension UnsafeBufferPointer<UInt8> {
    /// The lines from the one that starts at `start`.
    func lines(from start: Int) -> some Sequence<TextLine> {
        sequence(state: start) { offset in
            guard offset < self.count else { return nil }
            let line = TextLine(self, at: offset)
            offset = line.next
            return line
        }
    }

    /// Whether the bytes at `offset` are those of `word`, which must be ASCII.
    func has(_ word: String, at offset: Int, before limit: Int) -> Bool {
        let word = word.utf8
        guard offset >= 0, offset + word.count <= limit else { return false }
        return self[offset..<(offset + word.count)].elementsEqual(word)
    }

    /// As `has`, in any case of letters; `word` must be in small ones.
    func hasAnyCase(_ word: String, at offset: Int, before limit: Int) -> Bool {
        let word = word.utf8
        guard offset >= 0, offset + word.count <= limit else { return false }
        return self[offset..<(offset + word.count)].elementsEqual(word) { $0.lowercased == $1 }
    }

    /// The offset after the run of bytes from `offset` that satisfy `condition`.
    func endOfRun(from offset: Int, before limit: Int, where condition: (UInt8) -> Bool) -> Int {
        var end = offset
        while end < limit, condition(self[end]) { end += 1 }
        return end
    }

    /// The byte of which `range` has nothing else, at least `count` times; nil where it has others.
    func repeatedByte(in range: Range<Int>, count: Int) -> UInt8? {
        guard range.count >= count, let first = self[range].first else { return nil }
        return self[range].allSatisfy { $0 == first } ? first : nil
    }
}

extension UInt8 {
    /// The small letter of an ASCII capital; any other byte itself.
    var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self + 0x20 : self }
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isASCIILetter: Bool { (0x61...0x7A).contains(lowercased) }
    /// Whether the byte can be part of a name: letters, digits, `_`, and all beyond ASCII.
    var isNamePart: Bool { isASCIILetter || isDigit || self == 0x5F || self >= 0x80 }
    var isASCIIPunctuation: Bool {
        self > 0x20 && self < 0x7F && !isASCIILetter && !isDigit
    }
}
