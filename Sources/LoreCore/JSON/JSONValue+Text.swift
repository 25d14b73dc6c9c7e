extension JSONValue {
    /// The document that UTF-8 `bytes` hold, white space around it allowed.
    ///
    /// - Throws: `JSONSyntaxError` with the byte where it stops being JSON.
    public init(parsing bytes: some Collection<UInt8>) throws {
        var parser = JSONParser(Array(bytes))
        self = try parser.document()
    }

    /// The document that `text` holds.
    ///
    /// - Throws: `JSONSyntaxError` with the byte where it stops being JSON.
    public init(parsing text: String) throws { try self.init(parsing: Array(text.utf8)) }

    /// The document in UTF-8, without white space between its parts.
    public var bytes: [UInt8] {
        var output: [UInt8] = []
        write(to: &output)
        return output
    }

    /// The document as text, without white space between its parts.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    private func write(to output: inout [UInt8]) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .number(let value): output += value.text.utf8
        case .string(let value): writeJSONString(value, to: &output)
        case .array(let elements):
            writeList(elements, between: "[]", to: &output) { $0.write(to: &$1) }
        case .object(let members):
            writeList(members, between: "{}", to: &output) { member, output in
                writeJSONString(member.name, to: &output)
                output.append(UInt8(ascii: ":"))
                member.value.write(to: &output)
            }
        }
    }
}

extension JSONValue: CustomStringConvertible {
    public var description: String { text }
}

private func writeList<Item>(
    _ items: [Item], between brackets: StaticString, to output: inout [UInt8],
    _ write: (Item, inout [UInt8]) -> Void
) {
    output.append(brackets.utf8Start[0])
    for (index, item) in items.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        write(item, &output)
    }
    output.append(brackets.utf8Start[1])
}

private func writeJSONString(_ text: String, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "\""): output += "\\\"".utf8
        case UInt8(ascii: "\\"): output += "\\\\".utf8
        case 0x0A: output += "\\n".utf8
        case 0x0D: output += "\\r".utf8
        case 0x09: output += "\\t".utf8
        case 0..<0x20: output += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
        default: output.append(byte)
        }
    }
    output.append(UInt8(ascii: "\""))
}
