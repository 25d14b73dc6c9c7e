package import Foundation

/// Writes wire types as JSON: keys in snake case and sorted, so that equal values give equal bytes.
package enum WireEncoder {
    /// One line, for programs.
    package static func compact(_ body: some Encodable) throws -> Data {
        try encoder([.sortedKeys, .withoutEscapingSlashes]).encode(body)
    }

    /// Indented, for a terminal.
    package static func pretty(_ body: some Encodable) throws -> Data {
        try encoder([.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]).encode(body)
    }

    private static func encoder(_ formatting: JSONEncoder.OutputFormatting) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = formatting
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return encoder
    }
}

extension Duration {
    /// Milliseconds, to the microsecond.
    package var wireMilliseconds: Double {
        let parts = components
        return (Double(parts.seconds) * 1e6 + Double(parts.attoseconds / 1_000_000_000_000)) / 1e3
    }
}

extension Date {
    /// RFC 3339 in UTC, to the second.
    package var wireTime: String { formatted(.iso8601) }
}
