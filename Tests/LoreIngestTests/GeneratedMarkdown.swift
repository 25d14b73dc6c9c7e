import TestSupport

/// Notes put together at random: every kind of block, many scripts, odd spacing, broken syntax.
struct GeneratedMarkdown {
    private var numbers: SeededRandom

    init(seed: UInt64) { numbers = SeededRandom(seed: seed) }

    mutating func note() -> String {
        var text = chance(20) ? "---\ntitle: \(words(3))\ntags: [a, b]\n---\n" : ""
        for _ in 0..<Int.random(in: 0...25, using: &numbers) {
            text += block() + pick(["\n", "\n\n", "\n\n\n", "\n \t\n", "\r\n\r\n", ""])
        }
        return text
    }

    private mutating func block() -> String {
        switch Int.random(in: 0..<16, using: &numbers) {
        case 0, 1, 2:
            pick(["# ", "## ", "### ", "#### "]) + words(Int.random(in: 0...6, using: &numbers))
        case 3, 4, 5: paragraph()
        case 6: words(3) + "\n" + pick(["===", "---"])
        case 7: list(prefix: pick(["- ", "* ", "1. ", "- [ ] "]))
        case 8: "```\n" + lines(pick([3, 60])) + pick(["\n```", "\n~~~", ""])
        case 9: "| a | b |\n|---|---|\n" + rows(pick([2, 40]))
        case 10: "> " + lines(4).split(separator: "\n").joined(separator: "\n> ")
        case 11:
            pick(["<div>\n", "<!-- ", "<script>\n"]) + lines(3) + pick(["\n</div>", " -->", ""])
        case 12: pick(["---", "***", "[a]: b", "\u{FEFF}", "%%x%%", "\u{0}x".replacingNUL])
        case 13:
            String(repeating: pick(["x", "漢", "é", "🧑‍🚀", "e\u{301}", "한"]), count: pick([3, 900]))
        case 14: "    " + lines(3)
        default:
            String(repeating: pick([">", "- ", "  ", "`", "*", "["]), count: pick([2, 300])) + "z"
        }
    }

    private mutating func paragraph() -> String {
        (0..<Int.random(in: 1...20, using: &numbers)).map { _ in
            words(Int.random(in: 1...15, using: &numbers))
                + pick([". ", "! ", "。", ".\n", "\n", " "])
        }.joined()
    }

    private mutating func list(prefix: String) -> String {
        (0..<pick([3, 50])).map { _ in
            pick(["", "", "  "]) + prefix + words(Int.random(in: 1...12, using: &numbers))
        }.joined(separator: pick(["\n", "\n\n"]))
    }

    private mutating func lines(_ count: Int) -> String {
        (0..<count).map { _ in chance(20) ? "" : words(Int.random(in: 1...8, using: &numbers)) }
            .joined(separator: "\n")
    }

    private mutating func rows(_ count: Int) -> String {
        (0..<count).map { _ in "| \(words(2)) | \(words(3)) |" }.joined(separator: "\n")
    }

    private mutating func words(_ count: Int) -> String {
        (0..<count).map { _ in
            pick([
                "note", "tea", "window", "context", "é", "日本語", "naïve", "x_y", "*b*", "`c`",
                "[[Link]]", "👩‍👩‍👧", "antidisestablishmentarianism", "12345", "a|b", "текст", "한국어",
            ])
        }.joined(separator: " ")
    }

    private mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &numbers) < percent
    }

    private mutating func pick<T>(_ choices: [T]) -> T {
        choices[Int.random(in: 0..<choices.count, using: &numbers)]
    }
}

extension String {
    fileprivate var replacingNUL: String { String(map { $0 == "\0" ? "\u{1}" : $0 }) }
}
