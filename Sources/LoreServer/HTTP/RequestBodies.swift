import LoreCore

/// The body of `POST /api/search`.
struct SearchRequest: Decodable {
    enum Key: String, CodingKey, CaseIterable { case query, limit, mode, `where`, explain }

    let query: String
    let limit: Int?
    let mode: SearchMode
    let filter: Filter?
    let explain: Bool

    init(from decoder: any Decoder) throws {
        let fields = try StrictFields<Key>(decoder)
        query = try fields.required(.query)
        limit = try fields.optional(.limit)
        explain = try fields.optional(.explain) ?? false
        mode = try fields.choice(.mode) ?? .hybrid
        filter = try fields.filter(.where)
    }
}

/// Fields of a JSON object, of which none may be unknown.
struct StrictFields<Key: RawRepresentable & CodingKey & CaseIterable>
where Key.RawValue == String {
    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private let container: KeyedDecodingContainer<Key>

    init(_ decoder: any Decoder) throws {
        let known = Key.allCases.map(\.rawValue)
        for key in try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue).sorted()
        where !known.contains(key) {
            throw RequestError.unknownField(
                name: key, nearest: nearestName(to: key, among: known), known: known)
        }
        container = try decoder.container(keyedBy: Key.self)
    }

    /// Whether it is there and not null.
    func has(_ key: Key) -> Bool {
        // What cannot be read as null is something.
        (try? container.decodeNil(forKey: key)) == false
    }

    func required<Value: Decodable>(_ key: Key) throws -> Value {
        guard let value: Value = try optional(key) else {
            throw RequestError.missingField(name: key.rawValue)
        }
        return value
    }

    func optional<Value: Decodable>(_ key: Key) throws -> Value? {
        do {
            return try container.decodeIfPresent(Value.self, forKey: key)
        } catch {
            throw RequestError.wrongType(name: key.rawValue, expected: "\(Value.self)")
        }
    }

    func filter(_ key: Key) throws -> Filter? {
        guard let text: String = try optional(key) else { return nil }
        return try Filter(text)
    }

    func choice<Value: RawRepresentable & CaseIterable>(_ key: Key) throws -> Value?
    where Value.RawValue == String {
        guard let name: String = try optional(key) else { return nil }
        guard let value = Value(rawValue: name) else {
            throw RequestError.noSuchChoice(
                field: key.rawValue, value: name, choices: Value.allCases.map(\.rawValue))
        }
        return value
    }
}
