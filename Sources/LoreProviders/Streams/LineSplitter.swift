/// Cuts bytes that arrive in pieces into lines that end in LF, CR or CRLF.
///
/// Lines stay bytes until they are whole: a piece may end inside a character. A byte order mark at
/// the very start is dropped.
struct LineSplitter {
    private var line: [UInt8] = []
    private var endedInReturn = false
    private var isFirst = true

    /// A longer line is an attack or a fault; the longest that providers send are a few megabytes.
    private static let limitBytes = 64 << 20

    /// Adds `piece` and returns the lines that it completes.
    mutating func feed(_ piece: [UInt8]) throws(MalformedStream) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var start = 0
        for (index, byte) in piece.enumerated() where byte == newline || byte == carriageReturn {
            if byte == newline && index == start && line.isEmpty && endedInReturn {
                start = index + 1
            } else {
                lines.append(take(piece[start..<index]))
                start = index + 1
            }
            endedInReturn = byte == carriageReturn
        }
        if start < piece.count {
            line += piece[start...]
            endedInReturn = false
        }
        guard line.count <= Self.limitBytes else { throw MalformedStream("a line is too long") }
        return lines
    }

    /// The last line, where no line end followed it.
    mutating func finish() -> [UInt8]? {
        let rest = take([])
        return rest.isEmpty ? nil : rest
    }

    private mutating func take(_ end: ArraySlice<UInt8>) -> [UInt8] {
        var whole = line + end
        line.removeAll(keepingCapacity: true)
        if isFirst && whole.starts(with: byteOrderMark) {
            whole.removeFirst(byteOrderMark.count)
        }
        isFirst = false
        return whole
    }
}

/// Bytes of a reply that cannot be what they should be.
struct MalformedStream: Error, Equatable {
    let what: String

    init(_ what: String) { self.what = what }
}

let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
