import Foundation
import Lore
import LoreCore
import TestSupport
import Testing

@Suite struct VerifyingTests {
    private static let tea = "# Tea\n\nSteep it for four minutes.\n\nUse soft water.\n"
    private static let bread = "# Bread\n\nFlour, water, salt.\n"

    private func notes() async throws -> AnsweredNotes {
        let notes = try await AnsweredNotes(["tea.md": Self.tea, "bread.md": Self.bread])
        try notes.keep("a1", [("tea.md", "Steep it for four minutes.")])
        return notes
    }

    /// The notes of `notes()` after a change, brought into the index or not.
    private func notes(
        indexed: Bool, after change: (AnsweredNotes) throws -> Void
    ) async throws -> AnsweredNotes {
        let notes = try await notes()
        try change(notes)
        if indexed { try await notes.index() }
        return notes
    }

    @Test func `a quote that stands where it was cited is ok`() async throws {
        let notes = try await notes()

        #expect(try await notes.verified() == ["tea.md:3-3 ok"])
        #expect(try await notes.knowledgeBase.staleAnswers().answers.isEmpty)
    }

    @Test(arguments: [false, true])
    func `lines put before a quote move it`(indexed: Bool) async throws {
        let notes = try await notes(indexed: indexed) {
            try $0.write("one\n\ntwo\n\n" + Self.tea, to: "tea.md")
        }

        #expect(try await notes.verified() == ["tea.md:7-7 moved"])
        #expect(try await notes.knowledgeBase.staleAnswers().answers.isEmpty)
    }

    @Test func `of several places the nearest to the old one is told`() async throws {
        let quote = "Steep it for four minutes."
        let notes = try await notes(indexed: false) {
            try $0.write("\(quote)\n\n\n\(quote)\n\n\n\(quote)\n", to: "tea.md")
        }

        // It began at byte 7; the three begin at 0, 29 and 58.
        #expect(try await notes.verified() == ["tea.md:1-1 moved"])
    }

    @Test(arguments: [false, true])
    func `a note that was renamed is found, with the quote on other lines`(
        indexed: Bool
    ) async throws {
        let notes = try await notes(indexed: indexed) {
            try $0.remove("tea.md")
            try $0.write("\n\n" + Self.tea, to: "drinks/green.md")
        }

        #expect(try await notes.verified() == ["drinks/green.md:5-5 moved"])
    }

    @Test(arguments: [false, true])
    func `a changed quote makes the answer stale`(indexed: Bool) async throws {
        let notes = try await notes(indexed: indexed) {
            try $0.write(Self.tea.replacing("four", with: "five"), to: "tea.md")
        }

        #expect(try await notes.verified() == ["tea.md changed"])
        let stale = try await notes.knowledgeBase.staleAnswers().answers
        #expect(stale.map(\.answerID) == ["a1"])
        #expect(stale.map(\.question) == ["What?"])
        #expect(stale.map(\.askedAt) == ["2026-12-01T10:00:00Z"])
    }

    @Test(arguments: [false, true])
    func `the quote of a note that was removed is gone`(indexed: Bool) async throws {
        let notes = try await notes(indexed: indexed) { try $0.remove("tea.md") }

        #expect(try await notes.verified() == ["tea.md gone"])
        #expect(try await notes.knowledgeBase.staleAnswers().answers.count == 1)
    }

    @Test(arguments: [false, true])
    func `a copy elsewhere does not hide that the note was changed`(indexed: Bool) async throws {
        let notes = try await notes(indexed: indexed) {
            try $0.write(Self.tea, to: "archive/tea.md")
            try $0.write(Self.tea.replacing("four", with: "five"), to: "tea.md")
        }

        #expect(try await notes.verified() == ["tea.md changed"])
    }

    @Test(arguments: [false, true])
    func `a passage that was cut out of a note is found where it was put`(
        indexed: Bool
    ) async throws {
        let notes = try await notes(indexed: indexed) {
            try $0.write("Nothing is left.\n", to: "tea.md")
            try $0.write(Self.bread + "\n" + Self.tea, to: "bread.md")
        }

        #expect(try await notes.verified() == ["bread.md:7-7 moved"])
    }

    @Test(arguments: [false, true])
    func `another note that says the words counts only where the note is gone`(
        indexed: Bool
    ) async throws {
        let says = Self.bread + "\nSteep it for four minutes.\n"
        let changed = try await notes(indexed: indexed) {
            try $0.write("# Tea\n\nUse soft water.\n", to: "tea.md")
            try $0.write(says, to: "bread.md")
        }
        let gone = try await notes(indexed: indexed) {
            try $0.remove("tea.md")
            try $0.write(says, to: "bread.md")
        }

        #expect(try await changed.verified() == ["tea.md changed"])
        #expect(try await gone.verified() == ["bread.md:5-5 moved"])
    }

    @Test func `where nothing is quoted the passage is compared`() async throws {
        let notes = try await notes()
        try notes.keep("a2", [("bread.md", "")])
        #expect(try await notes.verified() == ["bread.md:1-3 ok"])

        try notes.write(Self.bread + "\nYeast.\n", to: "bread.md")
        try await notes.index()
        #expect(try await notes.verified() == ["bread.md:1-3 ok"])

        try notes.write("# Bread\n\nFlour, water, yeast.\n", to: "bread.md")
        #expect(try await notes.verified() == ["bread.md changed"])
    }

    @Test func `a quote of a converted file is of its text`() async throws {
        let page = "<html><body><p>Old.</p><p>Pears are ripe in <b>August</b>.</p></body></html>"
        let notes = try await AnsweredNotes(["fruit.html": page])
        try notes.keep("a1", [("fruit.html", "Pears are ripe in August.")])
        let before = try await notes.verified()
        try notes.write(page.replacing("<b>August</b>", with: "<i>August</i>"), to: "fruit.html")
        let restyled = try await notes.verified()
        try notes.write(page.replacing("August", with: "May"), to: "fruit.html")

        #expect(before == ["fruit.html:3-3 ok"])
        #expect(restyled == before)
        #expect(try await notes.verified() == ["fruit.html changed"])
    }

    @Test func `a folder under another name keeps its answers`() async throws {
        let notes = try await notes()
        try await notes.knowledgeBase.renameFolder(from: "notes", to: "home")
        #expect(try await notes.verified() == ["tea.md:3-3 ok"])

        try notes.write("# Plan\n\nShip it.\n", to: "plan.md", in: "work")
        try await notes.index("work")
        #expect(try await notes.verified() == ["home/tea.md:3-3 ok"])

        try await notes.knowledgeBase.renameFolder(from: "home", to: "mine")
        #expect(try await notes.verified() == ["mine/tea.md:3-3 ok"])
    }

    @Test func `the quotes of a folder that was removed are gone until it is back`() async throws {
        let notes = try await notes()
        try notes.write("# Plan\n\nShip it.\n", to: "plan.md", in: "work")
        try await notes.index("work")
        try await notes.knowledgeBase.removeFolder(named: "notes")
        let report = try await notes.knowledgeBase.verification(ofAnswer: nil)
        #expect(report.answers[0].citations.map(\.status) == [.gone])
        #expect(report.notices == ["the folder 'notes' is not indexed any more"])

        let path = notes.folder.url.appending(path: "notes").path
        _ = try await notes.knowledgeBase.index(
            IndexRequest(folders: [path], name: "again", embeds: false))
        #expect(try await notes.verified() == ["again/tea.md:3-3 moved"])
    }

    @Test func `what cannot be read is neither changed nor gone`() async throws {
        let notes = try await notes()
        try notes.write("a\u{0}b", to: "tea.md")
        let binary = try await notes.knowledgeBase.verification(ofAnswer: nil)
        let home = notes.url("").deletingLastPathComponent()
        try FileManager.default.moveItem(
            at: home.appending(path: "notes"), to: home.appending(path: "away"))
        let unmounted = try await notes.knowledgeBase.staleAnswers()

        #expect(binary.answers[0].citations.isEmpty)
        #expect(binary.unreadable.map(\.path) == ["tea.md"])
        #expect(binary.unreadable[0].reason.hasPrefix("'tea.md' is binary (NUL byte at 1)"))
        #expect(unmounted.answers.isEmpty)
        #expect(unmounted.unreadable.map(\.path) == ["tea.md"])
        #expect(unmounted.unreadable[0].reason.hasPrefix("there is no folder "))
    }

    @Test func `an answer is named by its id, the beginning of it, or as the last`() async throws {
        let notes = try await notes()
        try notes.keep("b1", [("bread.md", "Flour, water, salt.")])
        try notes.keep("b2", [])

        #expect(try await notes.verified().isEmpty)
        #expect(try await notes.verified("b1") == ["bread.md:3-3 ok"])
        #expect(try await notes.verified("a") == ["tea.md:3-3 ok"])
        await #expect(throws: KnowledgeBaseError.ambiguousID(id: "b")) {
            try await notes.verified("b")
        }
        await #expect(throws: KnowledgeBaseError.unknownAnswer(id: "c")) {
            try await notes.verified("c")
        }
        await #expect(throws: KnowledgeBaseError.unknownAnswer(id: "")) {
            try await notes.verified("")
        }
    }

    @Test func `without an answer there is none to verify`() async throws {
        let notes = try await AnsweredNotes(["bread.md": Self.bread])

        await #expect(throws: KnowledgeBaseError.noAnswer) { try await notes.verified() }
        #expect(try await notes.knowledgeBase.staleAnswers().answers.isEmpty)
    }
}
