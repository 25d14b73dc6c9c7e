/// A JSON value, for files small enough to hold whole.
enum JSONValue: Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The member `key`; nil where this is no object or has none.
    subscript(key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    var string: String? { if case .string(let text) = self { text } else { nil } }
    var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
    var number: Double? { if case .number(let number) = self { number } else { nil } }
    var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
    var members: [String: JSONValue]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The number, where it has no fraction.
    var integer: Int? { number.flatMap { Int(exactly: $0) } }

    /// Parses a whole text.
    init(parsing bytes: UnsafeBufferPointer<UInt8>) throws {
        var reader = JSONReader(bytes)
        self = try reader.value()
        try reader.end()
    }

    init(parsing bytes: [UInt8]) throws {
        self = try bytes.withUnsafeBufferPointer { try JSONValue(parsing: $0) }
    }
}
