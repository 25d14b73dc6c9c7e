/// A line of a TREC run: question, `Q0`, document, rank, score, name of the run.
///
/// The document may hold spaces, as paths do: it is what stands between the second field and the
/// last three. The rank must be a number and is not used: as for trec_eval, scores make the order.
struct TRECLine: Hashable, Sendable {
    let question: String
    let document: String
    let score: Double

    enum Flaw: Error, Hashable {
        case notUTF8
        case fewFields(Int)
        case noRank(String)
        case noScore(String)

        var reason: String {
            switch self {
            case .notUTF8: "it is not UTF-8"
            case .fewFields(let count):
                "it has \(count) of the six fields: question, Q0, document, rank, score, name"
            case .noRank(let text): "its rank is '\(text)', not a whole number"
            case .noScore(let text): "its score is '\(text)', not a number"
            }
        }
    }

    /// Reads a line without its end.
    init(_ bytes: ArraySlice<UInt8>) throws(Flaw) {
        let fields = bytes.split(whereSeparator: Self.isSpace)
        guard fields.count >= 6 else { throw .fewFields(fields.count) }
        let rank = try Self.text(fields[fields.count - 3])
        guard Int(rank) != nil else { throw .noRank(rank) }
        let score = try Self.text(fields[fields.count - 2])
        guard let number = Double(score), number.isFinite else { throw .noScore(score) }
        question = try Self.text(fields[0])
        document = try Self.text(bytes[fields[2].startIndex..<fields[fields.count - 4].endIndex])
        self.score = number
    }

    /// Whether a byte parts fields; a carriage return does, too.
    static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }

    private static func text(_ bytes: ArraySlice<UInt8>) throws(Flaw) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
        return text
    }
}
