/// A JSON document as it was written: members keep their order, numbers their spelling.
///
/// What a provider sends and wants back unchanged survives the way through lore, and equal values
/// are written as equal bytes, which a provider's prompt cache needs.
public enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// The digits as they stand in the document, such as `1`, `-0.50` or `1e9`.
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])
}

/// A number in a JSON document.
public struct JSONNumber: Hashable, Sendable {
    let text: String

    public init(_ value: Int) { text = String(value) }

    /// - Precondition: `value` is finite.
    public init(_ value: Double) {
        precondition(value.isFinite, "\(value) is no JSON number")
        text = value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
    }

    /// `text` has the form of a JSON number.
    init(checked text: String) { self.text = text }

    /// The value, where it is a whole number that fits.
    public var int: Int? {
        if let value = Int(text) { return value }
        return Double(text).flatMap { Int(exactly: $0) }
    }

    public var double: Double? { Double(text) }
}

/// One name and its value in a JSON object.
public struct JSONMember: Hashable, Sendable {
    public let name: String
    public var value: JSONValue

    public init(_ name: String, _ value: JSONValue) {
        self.name = name
        self.value = value
    }
}

extension JSONValue {
    /// The value of a member; `nil` where this is no object or has no such member.
    ///
    /// Of several members with one name the last counts.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    /// An element, from 0; `nil` where this is no array or has fewer.
    public subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    public var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    public var int: Int? {
        guard case .number(let value) = self else { return nil }
        return value.int
    }

    public var double: Double? {
        guard case .number(let value) = self else { return nil }
        return value.double
    }

    public var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The elements; `nil` where this is no array.
    public var elements: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The members in their order; `nil` where this is no object.
    public var members: [JSONMember]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    public var isNull: Bool { self == .null }

    /// An object of the members that have a value, in this order.
    public static func compact(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(members.compactMap { name, value in value.map { JSONMember(name, $0) } })
    }

    /// This object with a member replaced in its place or added at the end.
    public func setting(_ name: String, to value: JSONValue) -> JSONValue {
        var members = members ?? []
        if let index = members.lastIndex(where: { $0.name == name }) {
            members[index].value = value
        } else {
            members.append(JSONMember(name, value))
        }
        return .object(members)
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral, ExpressibleByStringInterpolation
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
    public init(floatLiteral value: Double) { self = .number(JSONNumber(value)) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { JSONMember($0.0, $0.1) })
    }

    public init(_ value: Int) { self = .number(JSONNumber(value)) }
    public init(_ value: Double) { self = .number(JSONNumber(value)) }
    public init(_ value: String) { self = .string(value) }
    public init(_ value: Bool) { self = .bool(value) }
}
