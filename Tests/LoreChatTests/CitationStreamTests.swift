import LoreChat
import TestSupport
import Testing

@Suite struct CitationStreamTests {
    /// The text that `pieces` are shown as, and the numbers cited.
    private func read(_ pieces: [String], passages: Int = 3) -> CitationStream {
        var stream = CitationStream(passages: passages)
        var shown = ""
        for piece in pieces { shown += stream.read(piece) }
        shown += stream.finish()
        #expect(shown == stream.text)
        return stream
    }

    @Test(
        arguments: [
            ("It rains [1].", "It rains [1]."),
            ("It rains[2].", "It rains[2]."),
            ("Both [1, 3].", "Both [1][3]."),
            ("Both [1][3].", "Both [1][3]."),
            ("All [1-3].", "All [1][2][3]."),
            ("All [1–9].", "All [1][2][3]."),
            ("Back [3-2].", "Back [2][3]."),
            ("A footnote [^1].", "A footnote [1]."),
            ("Wide 【2】.", "Wide [2]."),
            ("Dagger 【2†notes.md】.", "Dagger [2]."),
            ("Counted 【4:0†source】【1:3†source】.", "Counted [1]."),
            ("A link [[2]].", "A link [2]."),
            ("Named [passage 1, passage 2; 3].", "Named [1][2][3]."),
            ("Named [Source #2].", "Named [2]."),
            ("Zero [01].", "Zero [1]."),
        ])
    func `a citation has one form`(written: String, shown: String) {
        #expect(read([written]).text == shown)
    }

    @Test(
        arguments: [
            ("It rains [9].", "It rains."),
            ("It rains [9] and snows.", "It rains and snows."),
            ("It rains[0] and snows.", "It rains and snows."),
            ("[7] It rains.", "It rains."),
            ("It rains. [4]\n\n[5]Then", "It rains.\n\nThen"),
            ("Some [1, 9, 2].", "Some [1][2]."),
            ("Some [9] [1].", "Some [1]."),
            ("Twice [1][1] [1].", "Twice [1]."),
            ("In [2026].", "In."),
            ("Huge [99999999999999999999999].", "Huge."),
            ("Huge [1-99999999999999999999].", "Huge [1][2][3]."),
            ("Inside [1[9]].", "Inside [1…]."),
            ("List [1[9], 2].", "List [1…, 2]."), ("Label [passage [9]1].", "Label [passage… 1]."),
            ("Wide 【1[9]】.", "Wide 【1…】."), ("Range [1[9]-2].", "Range [1…-2]."),
            ("Before [[9]1].", "Before […1]."),
            ("Between [1 [9]2].", "Between [1… 2]."),
            ("In [【9】] none.", "In […] none."),
            ("Cut [1", "Cut"),
            ("Cut [1, ", "Cut"),
        ])
    func `a number of no passage is not shown`(written: String, shown: String) {
        #expect(read([written]).text == shown)
    }

    @Test(
        arguments: [
            "A box [ ] and [x].", "An [aside, 1].", "[label](https://example.org)", "Open [",
            "Code `list[9]` and ``a ` b[8]``.", "```\nlist[9]\n```\nText.", "A `tick [label].",
            "Trailing  \nblanks", "  - indented [a]", "Élan 🦉 [né].", "",
        ])
    func `what cites nothing stays as it is`(text: String) {
        let stream = read([text])

        #expect(stream.text == text)
        #expect(stream.marks.isEmpty)
    }

    @Test func `a mark says where it begins`() {
        let stream = read(["Så är det [2][9][1]."])

        #expect(stream.text == "Så är det [2][1].")
        #expect(stream.marks.map(\.number) == [2, 1])
        #expect(stream.marks.map(\.offset) == [12, 15])
    }

    @Test func `without passages nothing is cited`() {
        #expect(read(["It rains [1]."], passages: 0).text == "It rains.")
    }

    @Test func `a code span that never ends holds nothing back`() {
        var stream = CitationStream(passages: 1)
        let long = String(repeating: "word ", count: 200)

        #expect(stream.read("` " + long).utf8.count > 500)
    }

    /// Texts of the pieces that give trouble.
    private func randomText(_ random: inout SeededRandom) -> String {
        let pieces = [
            "[1]", "[2]", "[9]", "[1, 3]", "[1-3]", "【2】", "【3†x】", "[^1]", "[[2]]", "[", "]", "`",
            "``", "```", "\n", "\n\n", " ", "  ", "word", "Ord å", "🦉", ".", ", ", "[x]", "[ ]",
            "[passage 2]", "(a)", "1", "-", "\r\n", "list[7]", "\t", "†", "^",
        ]
        return (0..<Int.random(in: 1...24, using: &random)).map { _ in
            pieces[Int.random(in: 0..<pieces.count, using: &random)]
        }.joined()
    }

    @Test func `any cut into pieces shows the same text and the same citations`() {
        for seed in UInt64(1)...10_000 {
            var random = SeededRandom(seed: seed)
            let text = randomText(&random)
            let whole = read([text])
            let scalars = Array(text.unicodeScalars)
            var pieces: [String] = []
            var start = 0
            while start < scalars.count {
                let end = min(scalars.count, start + Int.random(in: 1...5, using: &random))
                pieces.append(String(String.UnicodeScalarView(scalars[start..<end])))
                start = end
            }
            let cut = read(pieces)

            #expect(Array(cut.text.utf8) == Array(whole.text.utf8), "seed \(seed)")
            #expect(cut.marks == whole.marks, "seed \(seed)")
        }
    }

    @Test func `each mark names a passage and stands in the text where it says`() {
        for seed in UInt64(1)...10_000 {
            var random = SeededRandom(seed: seed)
            let stream = read([randomText(&random)])
            let bytes = Array(stream.text.utf8)
            for mark in stream.marks {
                #expect((1...3).contains(mark.number), "seed \(seed)")
                #expect(
                    bytes[mark.offset...].starts(with: Array("[\(mark.number)]".utf8)),
                    "seed \(seed)")
            }
        }
    }
}
