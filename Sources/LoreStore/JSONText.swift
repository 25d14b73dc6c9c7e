import Foundation

/// Lists of strings and fingerprints as the JSON that the database holds.
enum JSONText {
    /// The JSON of `value`; keys are sorted, so equal values are equal texts.
    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// The strings of a JSON array that `encode` wrote.
    static func strings(_ text: String) throws -> [String] {
        if text == "[]" { return [] }
        return try JSONDecoder().decode([String].self, from: Data(text.utf8))
    }
}
