import LoreChat
import LoreCore
import TestSupport

/// What a model may write, good and bad, by a seed.
struct GeneratedReply {
    let text: String

    /// Addresses, of which the first is one that the model was given.
    static let addresses = [
        "https://notes.example/a", "https://evil.example/?q=1", "www.evil.example",
    ]

    init(from passages: [Hit], _ random: inout SeededRandom) {
        let ends = [". ", " ", "\n\n", "\n- ", ": ", "\r\n"]
        text = (0..<Int.random(in: 1...4, using: &random)).map { _ in
            Self.statement(from: passages, &random)
                + ends[Int.random(in: 0..<ends.count, using: &random)]
        }.joined()
    }

    /// Some words, with up to three marks behind them.
    static func statement(from passages: [Hit], _ random: inout SeededRandom) -> String {
        let marks = [0, 1, 1, 1, 2, 3][Int.random(in: 0..<6, using: &random)]
        return (0..<marks).reduce(words(from: passages, &random)) { text, _ in
            let gap = [" ", "", "\n"][Int.random(in: 0..<3, using: &random)]
            return text + gap + mark(of: passages.count, &random)
        }
    }

    /// A sentence of a passage as it is, altered or between quotation marks, or one of no passage.
    private static func words(from passages: [Hit], _ random: inout SeededRandom) -> String {
        let text = passages[Int.random(in: 0..<passages.count, using: &random)].chunk.text
        let lines = text.split(whereSeparator: \.isNewline).dropFirst()
        let line = String(lines.randomElement(using: &random) ?? "")
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return GeneratedNotes.altered(line, &random)
        case 1: return "“\(GeneratedNotes.altered(line, &random))”"
        case 2: return "See " + addresses[Int.random(in: 0..<addresses.count, using: &random)]
        case 3: return GeneratedNotes.sentence(&random)
        case 4: return ""
        default: return line
        }
    }

    /// A citation in one of the forms that models write, or something that looks like one.
    private static func mark(of count: Int, _ random: inout SeededRandom) -> String {
        let some = [1, 1, 1, 2, 2, 3, count, 0, count + 1, 9, 2026]
        let n = some[Int.random(in: 0..<some.count, using: &random)]
        let m = some[Int.random(in: 0..<some.count, using: &random)]
        let forms = [
            "[\(n)]", "[\(n)]", "[\(n)]", "[\(n)][\(m)]", "[\(n)] [\(n)]", "[\(n), \(m)]",
            "[[\(n)]]",
            "[\(n)-\(m)]", "[\(n)–\(m)]", "[0\(n)]", "[\(n)\(m)\(n)\(m)\(n)\(m)\(n)\(m)\(n)]",
            "【\(n)】", "［\(n)］", "【\(n)†source】", "【\(n):\(m)†a.md】", "[^\(n)]",
            "[passage \(n)]", "[Source #\(n); \(m)]", "[\(n)", "\(n)]", "[\(n),", "[[\(n)]",
            "[\(n)]]", "[\(n)[\(m)]]", "[[\(n)]\(m)]", "[【\(n)】\(m)]", "[\(n)[\(m)]\(n)]",
            "[\(n).\(m)]", "\\[\(n)\\]", "[\(n)](a.md)", "[-\(n)]", "[ \(n) ]", "(\(n))", "[٣]",
            "[１]", "[\(n)\u{200B}]", "[\(n)\u{301}]", "[\u{301}\(n)]", "[", "]", "[]", "[x]",
            code, "\n\(fence)\n",
        ]
        return forms[Int.random(in: 0..<forms.count, using: &random)]
    }

    /// Cite nothing, whatever the passages.
    private static let code = "`list[1]`"
    private static let fence = "```\nlist[2]\n```"

    /// The numbers between brackets in a shown text, code aside, in its order.
    static func numbers(in text: String) -> [Int] {
        var bytes = Array(text.utf8)[...]
        var numbers: [Int] = []
        while let first = bytes.first {
            if let code = [code, fence].first(where: { bytes.starts(with: $0.utf8) }) {
                bytes = bytes.dropFirst(code.utf8.count)
                continue
            }
            bytes = bytes.dropFirst()
            let digits = bytes.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
            guard first == UInt8(ascii: "["), !digits.isEmpty else { continue }
            guard bytes.dropFirst(digits.count).first == UInt8(ascii: "]") else { continue }
            // One that no `Int` holds is of no passage either.
            numbers.append(Int(String(decoding: digits, as: UTF8.self)) ?? 0)
        }
        return numbers
    }

    /// `text` cut into its scalars, or into pieces of one to six.
    static func pieces(of text: String, _ random: inout SeededRandom) -> [String] {
        let longest = Bool.random(using: &random) ? 1 : 6
        var rest = Array(text.unicodeScalars)[...]
        var pieces: [String] = []
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...longest, using: &random))
            pieces.append(String(String.UnicodeScalarView(piece)))
            rest = rest.dropFirst(piece.count)
        }
        return pieces
    }
}
