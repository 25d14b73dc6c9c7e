/// What a provider says about a failure, made fit to be shown.
///
/// It is one short line of plain text without the key. A long quotation may be the user's own text
/// come back, so it is left out.
package struct ProviderReason: Hashable, Sendable, ExpressibleByStringLiteral {
    package let text: String

    private static let limit = 300

    package init(stringLiteral value: String) { text = value }

    init(_ message: String?, withoutKey key: APIKey?) {
        let message = message ?? ""
        let line = (key?.hidden(in: message) ?? message)
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let printable = line.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
        let short = withoutLongQuotations(String(String.UnicodeScalarView(printable)))
        text = short.count <= Self.limit ? short : short.prefix(Self.limit) + "…"
    }
}

private let quotationLimit = 48

/// `line` with `…` in place of what stands in quotation marks at length.
private func withoutLongQuotations(_ line: String) -> String {
    let marks: [Character] = ["\"", "`"]
    return marks.reduce(line) { line, mark in
        let pieces = line.split(separator: mark, omittingEmptySubsequences: false)
        let kept = pieces.enumerated().map { index, piece in
            index.isMultiple(of: 2) || piece.count <= quotationLimit ? piece : "…"
        }
        return kept.joined(separator: String(mark))
    }
}
