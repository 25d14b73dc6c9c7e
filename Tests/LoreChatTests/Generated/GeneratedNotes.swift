import LoreChat
import LoreCore
import TestSupport

/// Notes of a seed, passages cut out of them, and the notes as they are by now.
struct GeneratedNotes {
    /// One to four, best first.
    let passages: [Hit]
    /// By path; nothing of a note that is gone.
    let now: [String: [UInt8]]

    init(_ random: inout SeededRandom) {
        var now: [String: [UInt8]] = [:]
        var passages: [Hit] = []
        for path in ["a.md", "b.md"] {
            let sections = Self.sections(&random)
            passages += Self.passages(of: sections, in: path)
            now[path] = Self.edited(sections, &random).map { Array($0.utf8) }
        }
        passages.shuffle(using: &random)
        self.passages = Array(passages.prefix(Int.random(in: 1...4, using: &random)))
        self.now = now
    }

    /// A sentence without what ends it.
    static func sentence(_ random: inout SeededRandom) -> String {
        let subjects = ["The boiler", "Ångström’s pump", "Tea 🍵", "Bread", "My \"old\" car"]
        let verbs = ["needs", "was sold for", "takes", "holds"]
        let objects = ["litres", "kronor, said Bo", "minutes (or so)", "e\u{301}clairs", "bar"]
        return [subjects, verbs, ["\(Int.random(in: 1...40, using: &random))"], objects].map {
            $0[Int.random(in: 0..<$0.count, using: &random)]
        }.joined(separator: " ")
    }

    /// A heading with sentences or items below it, each with the blank line behind it.
    private static func sections(_ random: inout SeededRandom) -> [String] {
        let end = Int.random(in: 0..<4, using: &random) == 0 ? "\r\n" : "\n"
        return (1...Int.random(in: 1...2, using: &random)).map { number in
            let isList = Bool.random(using: &random)
            let sentences = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                (isList ? "- " : "") + sentence(&random) + (isList ? "" : ".")
            }
            return "## Part \(number)\(end)\(end)"
                + sentences.joined(separator: isList ? end : " ") + end + end
        }
    }

    private static func passages(of sections: [String], in path: String) -> [Hit] {
        var (offset, line) = (0, 1)
        return sections.map { section in
            defer {
                offset += section.utf8.count
                line += section.utf8.count { $0 == UInt8(ascii: "\n") }
            }
            return hit(text: section, path: path, offset: offset, line: line)
        }
    }

    /// What became of the note; nil where it is gone.
    private static func edited(_ sections: [String], _ random: inout SeededRandom) -> String? {
        let text = sections.joined()
        switch Int.random(in: 0..<9, using: &random) {
        case 0: return nil
        case 1: return ""
        case 2: return "New on top.\n" + text
        case 3: return sections.reversed().joined()
        case 4: return sections.dropLast().joined()
        case 5: return altered(text, &random)
        case 6: return text + text
        default: return text
        }
    }

    /// `text` with one character changed, gone or doubled.
    static func altered(_ text: String, _ random: inout SeededRandom) -> String {
        var scalars = Array(text.unicodeScalars)
        guard let place = scalars.indices.randomElement(using: &random) else { return text }
        switch Int.random(in: 0..<3, using: &random) {
        case 0: scalars[place] = scalars[place] == "x" ? "y" : "x"
        case 1: scalars.remove(at: place)
        default: scalars.insert(scalars[place], at: place)
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
