/// Goes through the keys and values of a TOML text without taking it apart into a tree.
///
/// It refuses what is not TOML as far as the shape of lines, brackets, strings and bare values
/// shows it; what a number's digits mean it does not ask.
///
/// - SeeAlso: TOML 1.0.0
struct TOMLScanner {
    /// The text is not TOML.
    struct Malformed: Error {}

    /// A key and what stands behind it.
    struct Entry {
        /// The name of the table that holds it; empty at the top.
        var table: String
        var key: String
        /// The scalars of the value, those of nested arrays too, but not of inline tables.
        var strings: [String] = []
        var isArray = false
    }

    let text: TextBytes
    var offset = 0
    private var table = ""
    /// Names of tables that were opened, and of keys in the present one.
    private var tables: Set<String> = []
    private var seen: Set<String> = []

    init(_ text: TextBytes) { self.text = text }

    /// The next key with its value; nil at the end.
    mutating func nextEntry() throws(Malformed) -> Entry? {
        while true {
            skip { $0.isBlank }
            guard let byte = peek else { return nil }
            if byte == UInt8(ascii: "#") {
                skipComment()
            } else if byte == UInt8(ascii: "[") {
                try readTable()
            } else {
                return try readEntry()
            }
        }
    }

    private mutating func readTable() throws(Malformed) {
        let isList = text.has("[[", at: offset, before: text.count)
        offset += isList ? 2 : 1
        table = try key()
        for _ in 0..<(isList ? 2 : 1) { try take(UInt8(ascii: "]")) }
        guard isList || tables.insert(table).inserted else { throw Malformed() }
        seen = []
        try endLine()
    }

    private mutating func readEntry() throws(Malformed) -> Entry {
        var entry = Entry(table: table, key: try key())
        guard seen.insert(entry.key).inserted else { throw Malformed() }
        try take(UInt8(ascii: "="))
        skip { $0 == 0x20 || $0 == 0x09 }
        entry.isArray = peek == UInt8(ascii: "[")
        try value(into: &entry.strings)
        try endLine()
        return entry
    }

    /// Names joined by dots.
    private mutating func key() throws(Malformed) -> String {
        var name = ""
        while true {
            skip { $0 == 0x20 || $0 == 0x09 }
            if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") {
                name += try string()
            } else {
                let end = text.endOfRun(from: offset, before: text.count) {
                    $0.isASCIILetter || $0.isDigit || $0 == 0x5F || $0 == 0x2D
                }
                guard end > offset else { throw Malformed() }
                name += text.string(in: offset..<end)
                offset = end
            }
            skip { $0 == 0x20 || $0 == 0x09 }
            guard peek == UInt8(ascii: ".") else { return name }
            name += "."
            offset += 1
        }
    }

    /// A value with all that is nested in it, bracket by bracket.
    private mutating func value(into strings: inout [String]) throws(Malformed) {
        var open: [UInt8] = []
        var awaitsValue = true
        repeat {
            if open.isEmpty { skip { $0 == 0x20 || $0 == 0x09 } } else { skipSpaceAndComments() }
            guard let byte = peek else { throw Malformed() }
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                guard awaitsValue, open.count < Self.maxDepth else { throw Malformed() }
                open.append(byte + 2)
                offset += 1
                try keyInTable(open, after: byte)
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                guard open.popLast() == byte else { throw Malformed() }
                offset += 1
                awaitsValue = false
            case UInt8(ascii: ","):
                guard !open.isEmpty, !awaitsValue else { throw Malformed() }
                offset += 1
                awaitsValue = true
                try keyInTable(open, after: byte)
            default:
                guard awaitsValue else { throw Malformed() }
                let scalar = try scalar()
                if !open.contains(UInt8(ascii: "}")) { strings.append(scalar) }
                awaitsValue = false
            }
        } while !open.isEmpty
    }

    private static let maxDepth = 64

    /// Reads the key before a value where the innermost bracket is that of an inline table.
    private mutating func keyInTable(_ open: [UInt8], after byte: UInt8) throws(Malformed) {
        guard open.last == UInt8(ascii: "}") else { return }
        skipSpaceAndComments()
        if peek == UInt8(ascii: "}") { return }
        _ = try key()
        try take(UInt8(ascii: "="))
    }

    private mutating func scalar() throws(Malformed) -> String {
        if peek == UInt8(ascii: "\"") || peek == UInt8(ascii: "'") { return try string() }
        let start = offset
        skip { $0.isASCIILetter || $0.isDigit || "+-_.:".utf8.contains($0) }
        let first = text[start]
        let word = text.string(in: start..<offset)
        guard offset > start else { throw Malformed() }
        let isNumber = first.isDigit || first == 0x2B || first == 0x2D
        guard isNumber || ["true", "false", "inf", "nan"].contains(word) else { throw Malformed() }
        // The time after a date may follow a space.
        if word.utf8.count == 10, word.utf8.contains(0x2D), offset + 1 < text.count,
            text[offset] == 0x20, text[offset + 1].isDigit
        {
            offset += 1
            skip { $0.isASCIILetter || $0.isDigit || "+-.:".utf8.contains($0) }
        }
        return word
    }
}

extension TOMLScanner {
    var peek: UInt8? { offset < text.count ? text[offset] : nil }

    mutating func skip(_ condition: (UInt8) -> Bool) {
        offset = text.endOfRun(from: offset, before: text.count, where: condition)
    }

    mutating func skipComment() { skip { $0 != newline } }

    mutating func skipSpaceAndComments() {
        skip { $0.isBlank }
        while peek == UInt8(ascii: "#") {
            skipComment()
            skip { $0.isBlank }
        }
    }

    mutating func take(_ byte: UInt8) throws(Malformed) {
        guard peek == byte else { throw Malformed() }
        offset += 1
    }

    mutating func endLine() throws(Malformed) {
        skip { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        if peek == UInt8(ascii: "#") { skipComment() }
        guard peek == nil || peek == newline else { throw Malformed() }
    }
}
