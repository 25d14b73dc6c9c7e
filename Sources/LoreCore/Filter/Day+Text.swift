extension Day {
    /// The day that `YYYY-MM-DD` names, in UTF-8; nil where it is no such text.
    package init?(isoDate text: some Collection<UInt8>) {
        guard let day = Array(text).withUnsafeBufferPointer({ Day(isoDate: $0) }) else {
            return nil
        }
        self = day
    }

    /// The same of bytes where they lie.
    package init?(isoDate text: UnsafeBufferPointer<UInt8>) {
        guard text.count == 10 else { return nil }
        let bytes = Array(text)
        guard bytes[4] == hyphen, bytes[7] == hyphen,
            let year = Self.decimal(bytes[0..<4]), let month = Self.decimal(bytes[5..<7]),
            let day = Self.decimal(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day that stands in the name of a file, as in those of daily and dated notes.
    ///
    /// Read are `2026-01-15`, with `_`, `.` or nothing between the parts, and the time stamps of
    /// Zettelkasten notes (`202601151030`), from the years 1900 to 2099; the first in the name
    /// counts. A longer run of digits is a number, not a day.
    ///
    /// - Parameter name: UTF-8, without folders.
    package init?(inFileName name: some Collection<UInt8>) {
        let bytes = Array(name)
        var position = 0
        while position < bytes.count {
            guard bytes[position].isDigit else {
                position += 1
                continue
            }
            let end = bytes[position...].firstIndex { !$0.isDigit } ?? bytes.count
            if let day = Self.day(in: bytes, run: position..<end) {
                self = day
                return
            }
            position = end
        }
        return nil
    }

    /// The day whose first digits are at `run`, the whole of a run of digits.
    private static func day(in bytes: [UInt8], run: Range<Int>) -> Day? {
        let start = run.lowerBound
        let parts: (month: Int, day: Int)
        switch run.count {
        case 8, 12, 14: parts = (start + 4, start + 6)
        case 4:
            guard bytes.count >= start + 10, "-_.".utf8.contains(bytes[start + 4]),
                bytes[start + 7] == bytes[start + 4],
                bytes.count == start + 10 || !bytes[start + 10].isDigit
            else { return nil }
            parts = (start + 5, start + 8)
        default: return nil
        }
        guard let year = decimal(bytes[start..<start + 4]), (1900...2099).contains(year),
            let month = decimal(bytes[parts.month..<parts.month + 2]),
            let day = decimal(bytes[parts.day..<parts.day + 2])
        else { return nil }
        return Day(year: year, month: month, day: day)
    }

    /// The number that digits alone spell, at most nine of them; nil where it is something else.
    static func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...9).contains(digits.count), digits.allSatisfy(\.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
}

let hyphen = UInt8(ascii: "-")

extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
