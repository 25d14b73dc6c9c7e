/// The header fields of a request or a response, in order; names compare without case.
package struct HTTPHeaders: Sendable, ExpressibleByDictionaryLiteral {
    private(set) var fields: [(name: String, value: String)] = []

    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { (name: $0.0, value: $0.1) }
    }

    /// The value of the first field of that name; setting replaces all of that name.
    package subscript(name: String) -> String? {
        get { fields.first { isSameName($0.name, name) }?.value }
        set {
            fields.removeAll { isSameName($0.name, name) }
            if let newValue { fields.append((name, newValue)) }
        }
    }

    /// Every value of the fields of that name, in order.
    package func all(named name: String) -> [String] {
        fields.filter { isSameName($0.name, name) }.map(\.value)
    }

    /// Adds a field, beside others of its name.
    package mutating func append(name: String, value: String) {
        fields.append((name, value))
    }

    /// These headers with only the fields that tell another server nothing it should not know.
    var withoutSecrets: HTTPHeaders {
        var kept = HTTPHeaders()
        kept.fields = fields.filter { field in
            fieldsForAnyHost.contains { isSameName($0, field.name) }
        }
        return kept
    }

    /// - Throws: `ProviderError.invalidHeader` where a field would end its line early.
    func check() throws {
        for field in fields {
            let bytes = Array(field.name.utf8) + Array(field.value.utf8)
            guard bytes.allSatisfy({ $0 != 0 && $0 != 10 && $0 != 13 }) else {
                throw ProviderError.invalidHeader(name: field.name)
            }
        }
    }
}

extension HTTPHeaders: CustomStringConvertible, CustomDebugStringConvertible {
    /// The names alone: a value may be a key.
    package var description: String { fields.map(\.name).joined(separator: ", ") }
    package var debugDescription: String { description }
}

/// What follows a redirect to another host; a list of what is safe forgets no new kind of key.
private let fieldsForAnyHost = [
    "Accept", "Accept-Language", "If-Range", "If-None-Match", "If-Modified-Since", "Range",
]

private func isSameName(_ a: String, _ b: String) -> Bool {
    a.utf8.count == b.utf8.count && a.lowercased() == b.lowercased()
}
