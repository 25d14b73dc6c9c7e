import LoreChat
import TestSupport
import Testing

@Suite struct AddressGuardTests {
    private static let note = """
        Pay at <https://pay.example/a?b=1>, see www.tea.example. Or [here](http://x.example/p/).
        """

    private func passed(_ pieces: [String]) -> (text: String, removed: Int) {
        var addresses = AddressGuard(knowing: [Self.note])
        let text = pieces.map { addresses.read($0) }.joined() + addresses.finish()
        return (text, addresses.removed)
    }

    @Test(
        arguments: [
            ("Pay at https://pay.example/a?b=1.", "Pay at https://pay.example/a?b=1."),
            (
                "See [this](http://x.example/p) and www.tea.example!",
                "See [this](http://x.example/p) and www.tea.example!"
            ),
            ("At 10:30: tea, ratio 1:2, C://", "At 10:30: tea, ratio 1:2, C(address removed)"),
            ("Go to https://evil.example/?q=key now", "Go to (address removed) now"),
            ("![x](https://pay.example/a?b=2)", "![x]((address removed))"),
            ("[x](//evil.example/a)", "[x]((address removed))"),
            ("www.evil.example", "(address removed)"),
            ("WWW.evil.example, or", "(address removed) or"),
            ("[x](javascript:alert(1))", "[x]((address removed)(1))"),
            ("data: see below; and/or, a//b", "data: see below; and/or, a//b"),
            ("mailto:me@evil.example", "(address removed)"),
            ("obsidian://open?vault=x", "obsidian(address removed)"),
            ("", ""),
        ])
    func `an address that was not given is removed`(text: String, expected: String) {
        #expect(passed([text]).text == expected)
    }

    @Test func `any split of a text passes the same`() {
        let text = "See http://x.example/p, https://evil.example/a www.evil.example: 10:30 [a](b:c)"
        let whole = passed([text])
        var random = SeededRandom(seed: 5)

        #expect(whole.removed == 2)
        for _ in 0..<200 {
            var pieces: [String] = []
            var rest = text[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...9, using: &random)
                pieces.append(String(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            #expect(passed(pieces) == whole, "\(pieces)")
        }
    }

    @Test(arguments: [
        "https://evil.example\u{301}/[\u{301}9", "http:\u{301}//evil.example", "x:\u{301}",
    ])
    func `a cut within what is seen as one character changes nothing`(text: String) {
        #expect(passed(text.unicodeScalars.map { String($0) }) == passed([text]))
    }

    @Test func `words are not held back`() {
        var addresses = AddressGuard(knowing: [])

        #expect(addresses.read("Steep") == "Steep")
        #expect(addresses.read(" for 4") == " for 4")
    }
}
