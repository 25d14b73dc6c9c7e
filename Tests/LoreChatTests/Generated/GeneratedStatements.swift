import LoreChat
import LoreCore
import TestSupport

/// What a model may write that is to reply with a list of statements, good and bad, by a seed.
struct GeneratedStatements {
    let text: String

    init(from passages: [Hit], _ random: inout SeededRandom) {
        var statements: [JSONValue] = []
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let isRepeated = Int.random(in: 0..<5, using: &random) == 0
            let statement = statements.last.flatMap { isRepeated ? $0 : nil }
            statements.append(statement ?? Self.statement(from: passages, &random))
        }
        let list: JSONValue = ["statements": .array(statements)]
        let whole = Int.random(in: 0..<3, using: &random) == 0 ? .array(statements) : list
        let json = Self.spoiled(whole.text, &random)
        let frames = [("", ""), ("```json\n", "\n```"), ("Say \"yes: ", " [1]"), ("\u{FEFF}", "}")]
        let frame = frames[Int.random(in: 0..<frames.count, using: &random)]
        text = frame.0 + json + frame.1
    }

    private static func statement(from passages: [Hit], _ random: inout SeededRandom) -> JSONValue {
        let text = JSONMember("text", .string(GeneratedReply.statement(from: passages, &random)))
        let sources = JSONMember("sources", sources(of: passages.count, &random))
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return .object([text])
        case 1: return .object([JSONMember("text", 3), sources])
        case 2: return .object([text, JSONMember("sources", .null)])
        case 3: return .object([text, JSONMember("why", .array([.object([text])])), sources])
        case 4...6: return .object([sources, text])
        default: return .object([text, sources])
        }
    }

    /// IDs of sentences, and others that look like some.
    private static func sources(of count: Int, _ random: inout SeededRandom) -> JSONValue {
        .array(
            (0..<Int.random(in: 0...3, using: &random)).map { _ in
                let n = Int.random(in: 0...count + 1, using: &random)
                let m = Int.random(in: 0...4, using: &random)
                let forms: [JSONValue] = [
                    .string("\(n).\(m)"), .string("\(n).\(m)"), .string("\(n).\(m)"),
                    .string("\(n)"), .string("[\(n)]"), .string("\(n).\(m)."), .string("０.１"),
                    .string(""), JSONValue(n), .null, .array([.string("\(n).\(m)")]),
                ]
                return forms[Int.random(in: 0..<forms.count, using: &random)]
            })
    }

    /// `json` as it is, cut off, or with a sign too few or too many.
    private static func spoiled(_ json: String, _ random: inout SeededRandom) -> String {
        var scalars = Array(json.unicodeScalars)
        func places(of signs: String) -> [Int] {
            scalars.indices.filter { signs.unicodeScalars.contains(scalars[$0]) }
        }
        switch Int.random(in: 0..<6, using: &random) {
        case 0: scalars.removeLast(Int.random(in: 0...scalars.count, using: &random))
        case 1:
            places(of: "{},:\"").randomElement(using: &random).map { _ = scalars.remove(at: $0) }
        case 2:
            guard let place = places(of: "{}").randomElement(using: &random),
                let sign = "{}[]\",".unicodeScalars.randomElement(using: &random)
            else { break }
            scalars.insert(sign, at: place)
        default: break
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
