import LoreChat
import LoreCore
import Testing

@Suite struct CitedEvidenceTests {
    private let evidence = CitedEvidence(
        quote: "Use soft water.", passage: "# Tea\n\nUse soft water. Steep it.",
        range: SourceRange(bytes: 7..<22, lines: 3...3))

    @Test(arguments: [
        ("Nothing.", true), ("# Tea\n\nUse hard water.", false), ("Boil it. Steep it.", false),
    ])
    func `a passage is cut out where nothing around its words is left`(
        note: String, isCutOut: Bool
    ) {
        #expect(evidence.isCutOut(of: Array(note.utf8)) == isCutOut)
    }

    @Test(arguments: ["Use soft water.", "- Use soft water.\n", ""])
    func `without words around it nothing tells that it was cut out`(passage: String) {
        let bare = CitedEvidence(quote: "Use soft water.", passage: passage, range: evidence.range)

        #expect(!bare.isCutOut(of: Array("Nothing.".utf8)))
    }

    @Test func `in another note the words of the passage count before others`() throws {
        let note = "Use soft water.\n\n# Tea\n\nUse soft water. Steep it.\n"

        let place = try #require(evidence.place(inOther: Array(note.utf8)))

        #expect(place.hasPassage)
        #expect(place.range == SourceRange(bytes: 24..<39, lines: 5...5))
    }

    @Test func `the words alone are a place without the passage`() throws {
        let place = try #require(evidence.place(inOther: Array("\nUse soft water.".utf8)))

        #expect(!place.hasPassage)
        #expect(place.range == SourceRange(bytes: 1..<16, lines: 2...2))
        #expect(evidence.place(inOther: Array("Use water.".utf8)) == nil)
    }

    @Test func `where nothing is quoted the passage is the evidence`() {
        let whole = CitedEvidence(
            quote: "", passage: "Steep it.", range: SourceRange(bytes: 2..<11, lines: 2...2))

        #expect(whole.status(in: Array(".\nSteep it.".utf8)) == .exact)
        #expect(whole.status(in: Array(".\nBoil it.".utf8)) == .changed)
        #expect(whole.status(in: nil) == .gone)
    }
}
