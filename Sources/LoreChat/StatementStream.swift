import LoreCore

/// Reads the statements of a reply while its JSON is written.
///
/// A statement is an object that stands in a list. However the text is cut into pieces, the
/// statements are the same; one that was cut off is none.
package struct StatementStream: Sendable {
    /// The brackets that are open.
    private var open: [UInt8] = []
    private var isString = false
    private var isEscaped = false
    /// The object being read, and how many brackets were open before it.
    private var object: (bytes: [UInt8], depth: Int)?

    package init() {}

    /// Takes the next piece.
    ///
    /// - Returns: The statements that it completes.
    package mutating func read(_ piece: String) -> [Statement] {
        var statements: [Statement] = []
        for byte in piece.utf8 {
            if let statement = take(byte) { statements.append(statement) }
        }
        return statements
    }

    private mutating func take(_ byte: UInt8) -> Statement? {
        object?.bytes.append(byte)
        if isString {
            takeInString(byte)
            return nil
        }
        switch byte {
        // Outside brackets there is prose at most, and its quotation marks need not pair.
        case UInt8(ascii: "\""): isString = !open.isEmpty
        case UInt8(ascii: "{"), UInt8(ascii: "["): begin(byte)
        case UInt8(ascii: "}"), UInt8(ascii: "]"): return end()
        default: break
        }
        return nil
    }

    private mutating func takeInString(_ byte: UInt8) {
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            isString = false
        }
    }

    private mutating func begin(_ byte: UInt8) {
        if object == nil, byte == UInt8(ascii: "{"), open.last == UInt8(ascii: "[") {
            object = ([byte], open.count)
        }
        open.append(byte)
    }

    /// Closes a bracket, and with it the object that began there.
    private mutating func end() -> Statement? {
        guard !open.isEmpty else { return nil }
        open.removeLast()
        guard let whole = object, whole.depth == open.count else { return nil }
        object = nil
        // What does not parse is no statement.
        return (try? JSONValue(parsing: whole.bytes)).flatMap { Statement($0) }
    }
}
