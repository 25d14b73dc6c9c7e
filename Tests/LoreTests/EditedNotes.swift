import Foundation
import LoreCore
import LoreStore
import TestSupport

/// Notes that a seed makes and edits, as a person would who never says what they do.
struct EditedNotes {
    /// What the files hold, by path.
    private(set) var files: [String: String] = [:]
    private var random: SeededRandom
    private var counter = 0

    /// One that many notes say.
    static let common = "See above."
    private static let words = [
        "pear", "salt", "river", "Zürich", "oven", "four", "minutes", "soft", "plan", "ship", "☕",
    ]

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
        for number in 0..<6 {
            files["\(number % 2 == 0 ? "" : "sub/")n\(number).md"] =
                (0..<3).map { _ in section() }.joined(separator: "\n")
        }
    }

    /// Sentences of the notes, each with its note: what answers could quote.
    mutating func quotes(_ count: Int) -> [(path: String, quote: String)] {
        (0..<count).map { index in
            let path = pick(files.keys.sorted())
            let lines = (files[path] ?? "").split(separator: "\n").filter { !$0.hasPrefix("#") }
            return (path, index % 5 == 4 ? "" : String(pick(lines)))
        }
    }

    mutating func isOneOfThree() -> Bool { Int.random(in: 0..<3, using: &random) == 0 }

    /// Makes one change and returns what it was.
    mutating func edit() -> String {
        guard files.count > 2 else { return add() }
        let path = pick(files.keys.sorted())
        var lines = (files[path] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        switch Int.random(in: 0..<14, using: &random) {
        case 0: lines.insert(pick(lines), at: 0)
        case 1: lines.insert(contentsOf: ["", "new \(number())", ""], at: 0)
        case 2: lines.swapAt(at(lines), at(lines))
        case 3, 9, 10, 11: lines[at(lines)] += " and \(number())"
        case 4, 12, 13: lines.remove(at: at(lines))
        case 5: return moveSection(from: path)
        case 6: return move(path)
        case 7: return copy(path)
        default: return remove(path)
        }
        files[path] = lines.isEmpty ? "empty\n" : lines.joined(separator: "\n")
        return "edited \(path)"
    }

    private mutating func add() -> String {
        let path = "new\(number()).md"
        files[path] = section() + "\n" + section()
        return "added \(path)"
    }

    private mutating func moveSection(from path: String) -> String {
        let other = pick(files.keys.sorted())
        var sections = (files[path] ?? "").components(separatedBy: "\n## ")
        let section =
            "\n## " + sections.remove(at: Int.random(in: sections.indices, using: &random))
        files[path] = sections.joined(separator: "\n## ") + "\n"
        files[other, default: ""] += section
        return "moved a section of \(path) to \(other)"
    }

    private mutating func move(_ path: String) -> String {
        let new = place()
        files[new] = files.removeValue(forKey: path)
        return "moved \(path) to \(new)"
    }

    private mutating func copy(_ path: String) -> String {
        let new = place()
        files[new] = files[path]
        return "copied \(path) to \(new)"
    }

    private mutating func remove(_ path: String) -> String {
        files[path] = nil
        return "removed \(path)"
    }

    private mutating func place() -> String { pick(["", "sub/", "deep/er/"]) + "m\(number()).md" }

    private mutating func section() -> String {
        "## Part \(number())\n\n\(sentence())\n\(pick([Self.common, sentence()]))\n\n\(sentence())\n"
    }

    private mutating func sentence() -> String {
        (0..<6).map { _ in pick(Self.words) }.joined(separator: " ") + " \(number())."
    }

    private mutating func number() -> Int {
        counter += 1
        return counter
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &random)]
    }

    private mutating func at(_ lines: [Substring]) -> Int {
        Int.random(in: lines.indices, using: &random)
    }
}

/// What `verify` must say, worked out the plain way: from all files, without an index.
struct PlainVerifier {
    let files: [String: String]

    /// `path:start-end status`, or `path status`.
    func outcome(of cited: CitedPassage) -> String {
        let text = cited.citation.quote.isEmpty ? cited.passage : cited.citation.quote
        let start = cited.citation.range.bytes.lowerBound
        guard let own = files[cited.path] else {
            return moved(cited, text, requiring: text) ?? "\(cited.path) gone"
        }
        let starts = occurrences(of: text, in: own)
        if let nearest = starts.min(by: { abs($0 - start) < abs($1 - start) }) {
            let lines = lines(of: text, at: nearest, in: own)
            let isOK = nearest == start && lines == cited.citation.range.lines
            return shown(cited.path, lines) + (isOK ? " ok" : " moved")
        }
        let around = cited.passage.components(separatedBy: text)
        let sides = [around[0], around.dropFirst().joined(separator: text)]
            .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            .filter { $0.contains { $0.isLetter || $0.isNumber } }
        let isCutOut = !sides.isEmpty && sides.allSatisfy { occurrences(of: $0, in: own).isEmpty }
        return (isCutOut ? moved(cited, text, requiring: cited.passage) : nil)
            ?? "\(cited.path) changed"
    }

    /// In the file most like the cited one of those that hold `required`.
    private func moved(
        _ cited: CitedPassage, _ text: String, requiring required: String
    ) -> String? {
        let holders = files.keys.sorted().filter {
            $0 != cited.path && !occurrences(of: required, in: files[$0] ?? "").isEmpty
        }
        let name = cited.path.split(separator: "/").last
        let weights = holders.map { path in
            let isWhole = !occurrences(of: cited.passage, in: files[path] ?? "").isEmpty
            return (isWhole ? 2 : 0) + (path.split(separator: "/").last == name ? 1 : 0)
        }
        guard let best = weights.max(), let index = weights.firstIndex(of: best) else { return nil }
        let file = files[holders[index]] ?? ""
        let start = cited.citation.range.bytes.lowerBound
        let passage = best >= 2 ? cited.passage : text
        let place = occurrences(of: passage, in: file).min { abs($0 - start) < abs($1 - start) }
        guard let place, let inner = occurrences(of: text, in: passage).first else { return nil }
        return shown(holders[index], lines(of: text, at: place + inner, in: file)) + " moved"
    }

    private func occurrences(of text: String, in file: String) -> [Int] {
        let (text, file) = (Array(text.utf8), Array(file.utf8))
        guard file.count >= text.count else { return [] }
        return (0...file.count - text.count).filter {
            file[$0] == text[0] && file[$0..<$0 + text.count].elementsEqual(text)
        }
    }

    private func lines(of text: String, at start: Int, in file: String) -> ClosedRange<Int> {
        let first = 1 + Array(file.utf8).prefix(start).count { $0 == UInt8(ascii: "\n") }
        return first...first + text.utf8.dropLast().count { $0 == UInt8(ascii: "\n") }
    }

    private func shown(_ path: String, _ lines: ClosedRange<Int>) -> String {
        "\(path):\(lines.lowerBound)-\(lines.upperBound)"
    }
}
