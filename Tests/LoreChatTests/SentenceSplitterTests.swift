import LoreChat
import TestSupport
import Testing

@Suite struct SentenceSplitterTests {
    @Test(arguments: [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        (
            "Dr. Smith met Mr. J. R. Jones. They spoke.",
            ["Dr. Smith met Mr. J. R. Jones.", "They spoke."]
        ),
        ("See Fig. 3 and p. 12 of vol. 2. Next.", ["See Fig. 3 and p. 12 of vol. 2.", "Next."]),
        ("Is it? No. We stop.", ["Is it?", "No.", "We stop."]),
        (
            "It costs 3.50 USD. Version 1.0.21 is out.",
            ["It costs 3.50 USD.", "Version 1.0.21 is out."]
        ),
        (
            "The U.S. Army, e.g. the 1st, left. It rained.",
            ["The U.S. Army, e.g. the 1st, left.", "It rained."]
        ),
        ("It opens at 9 a.m. Bring a key.", ["It opens at 9 a.m.", "Bring a key."]),
        ("Call at 9 a.m. on Monday.", ["Call at 9 a.m. on Monday."]),
        ("World War I. Then peace.", ["World War I.", "Then peace."]),
        (
            "See https://example.org/a.b?c=1. Then go.",
            ["See https://example.org/a.b?c=1.", "Then go."]
        ),
        ("Well ... maybe. Or not… Yes.", ["Well ... maybe.", "Or not…", "Yes."]),
        (
            "He said “Stop.” Then (quietly.) *Go.* Now",
            ["He said “Stop.”", "Then (quietly.)", "*Go.*", "Now"]
        ),
        ("彼は言った。「行こう。」本当？はい！", ["彼は言った。", "「行こう。」", "本当？", "はい！"]),
        ("Yahoo! is a name. Über alles. éa", ["Yahoo! is a name.", "Über alles. éa"]),
        ("a line\nthat is wrapped. And\nanother", ["a line\nthat is wrapped.", "And\nanother"]),
        ("first paragraph\n\nsecond", ["first paragraph", "second"]),
        ("", []),
        (" \n\t\r\n ", []),
    ])
    func `prose is cut where sentences end`(_ text: String, _ expected: [String]) {
        #expect(quotes(text) == expected)
    }

    @Test func `items, rows, headings and lines of code are sentences of their own`() {
        let text = """
            # Title
            Intro
            - first item
              goes on. Has two.
            1. second
            > quoted. Text.

            | a | b |
            |---|---|
            | 1 | 2 |
            ```swift
            let a = 1. / 2
            # not a heading
            ```
            after
            """
        let sentences = SentenceSplitter.sentences(of: Array(text.utf8))

        #expect(
            quotes(text) == [
                "# Title", "Intro", "- first item\n  goes on.", "Has two.", "1. second\n> quoted.",
                "Text.", "| a | b |", "|---|---|", "| 1 | 2 |", "```swift", "let a = 1. / 2",
                "# not a heading", "```", "after",
            ])
        #expect(
            sentences.map(\.kind) == [
                .heading, .prose, .listItem, .listItem, .listItem, .listItem, .tableRow, .rule,
                .tableRow, .rule, .code, .code, .rule, .prose,
            ])
    }

    @Test func `a fence is closed only by one of its kind and length`() {
        let text = "````\n```\ncode.\n~~~~\n````\nOut. Side."

        #expect(quotes(text) == ["````", "```", "code.", "~~~~", "````", "Out.", "Side."])
    }

    @Test func `text without full stops is cut at a blank, within the limit`() {
        let text = String(repeating: "wörd ", count: 600)
        let sentences = SentenceSplitter.sentences(of: Array(text.utf8))

        #expect(sentences.count == 5)
        #expect(sentences.allSatisfy { $0.bytes.count <= SentenceSplitter.maxBytes })
        #expect(quotes(text).joined(separator: " ") + " " == text)
    }

    @Test func `a run of characters without a blank is cut between characters`() {
        let text = String(repeating: "語", count: 700)

        #expect(quotes(text).joined() == text)
        #expect(quotes(text).allSatisfy { $0.utf8.count <= SentenceSplitter.maxBytes })
    }

    @Test(arguments: 0..<200)
    func `no byte but white space is lost, and ranges ascend`(_ seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let pieces = [
            ".", "!", "?", " ", "\n", "\n\n", "a", "Mr", "e.g", "- ", "1. ", "# ", "```", "|", ">",
            "語", "。", "」", "…", "”", "é", "\t", "3", "--", "~~~", "\r\n", "Word word",
        ]
        let text = (0..<60).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        let bytes = Array(text.utf8)

        let sentences = SentenceSplitter.sentences(of: bytes)

        var covered = Set<Int>()
        var end = 0
        for sentence in sentences {
            #expect(sentence.bytes.lowerBound >= end && !sentence.bytes.isEmpty, "seed \(seed)")
            end = sentence.bytes.upperBound
            covered.formUnion(sentence.bytes)
        }
        let lost = bytes.indices.filter { !covered.contains($0) && !isWhite(bytes[$0]) }
        #expect(lost.isEmpty, "seed \(seed): lost \(lost) of \(text.debugDescription)")
    }

    private func isWhite(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private func quotes(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        return SentenceSplitter.sentences(of: bytes).map {
            String(decoding: bytes[$0.bytes], as: UTF8.self)
        }
    }
}
