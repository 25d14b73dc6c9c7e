import LoreChat
import LoreCore
import TestSupport
import Testing

@Suite struct CitationVerifierTests {
    private let cited = SourceRange(bytes: 4..<8, lines: 2...2)

    @Test func `a quote that stands where it was cited is exact`() {
        #expect(status("one\ntwo!\n") == .exact)
    }

    @Test func `a quote that stands elsewhere has moved there`() {
        let place = SourceRange(bytes: 8..<12, lines: 3...3)
        #expect(status("zero\n\n..two!\n") == .moved(place))
    }

    @Test func `a quote over several lines moves with its lines`() {
        let status = CitationVerifier.status(
            of: "b\nc", at: SourceRange(bytes: 0..<3, lines: 1...2), in: Array("x\na b\nc".utf8))
        #expect(status == .moved(SourceRange(bytes: 4..<7, lines: 2...3)))
    }

    @Test func `the right bytes on other lines have moved`() {
        #expect(status("onentwo!") == .moved(SourceRange(bytes: 4..<8, lines: 1...1)))
    }

    @Test(arguments: ["one\nTwo!\n", "", "two"])
    func `a quote that is not there is changed`(_ file: String) {
        #expect(status(file) == .changed)
    }

    @Test func `of a file that is gone the quote is gone`() {
        #expect(CitationVerifier.status(of: "two!", at: cited, in: nil) == .gone)
    }

    @Test func `an empty quote is never verified`() {
        let nowhere = SourceRange(bytes: 0..<0, lines: 1...1)
        #expect(CitationVerifier.status(of: "", at: nowhere, in: [1]) == .changed)
    }

    @Test(arguments: [
        ("two!..two!two!", 6), ("two!...two!", 7), ("two!....two!", 0), ("..two!.two!", 2),
    ])
    func `of several places the nearest counts, of two as near the earlier`(
        file: String, start: Int
    ) {
        let place = SourceRange(bytes: start..<start + 4, lines: 1...1)
        #expect(status(file) == .moved(place))
    }

    @Test(arguments: 0..<100)
    func `a moved quote is found where a plain search finds it`(_ seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let file = (0..<40).map { _ in UInt8.random(in: 97...98, using: &random) }
        let length = Int.random(in: 1...6, using: &random)
        let start = Int.random(in: 0...(file.count - length), using: &random)
        let quote = String(decoding: file[start..<start + length], as: UTF8.self)
        let places = (0...(file.count - length)).filter {
            file[$0..<$0 + length].elementsEqual(quote.utf8)
        }

        let away = SourceRange(bytes: 100..<100 + length, lines: 1...1)
        let status = CitationVerifier.status(of: quote, at: away, in: file)

        let place = places.last ?? 0
        let range = SourceRange(bytes: place..<place + length, lines: 1...1)
        #expect(status == .moved(range), "seed \(seed)")
    }

    @Test func `citations are checked against their own file and moved`() async throws {
        let note = NoteText(bytes: Array("..\none\ntwo!\n".utf8), pages: PageMap(starts: [0, 7]))
        let verifier = CitationVerifier { folder, path in
            folder == "notes" && path == "a.md" ? note : nil
        }

        let checked = try await verifier.verified([citation("a.md"), citation("gone.md")])

        #expect(checked.map(\.verified) == [true, false])
        #expect(checked[0].range == SourceRange(bytes: 7..<11, lines: 3...3))
        #expect(checked[1].range == cited)
        #expect(checked.map(\.page) == [2, nil])
        #expect(checked.map(\.number) == [1, 1])
    }

    private func status(_ file: String) -> CitationStatus {
        CitationVerifier.status(of: "two!", at: cited, in: Array(file.utf8))
    }

    private func citation(_ path: String) -> Citation {
        Citation(
            number: 1, folder: "notes", path: path, range: cited, quote: "two!", verified: false,
            chunkID: ChunkID(rawValue: 7))
    }
}
