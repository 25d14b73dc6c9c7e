import LoreCore
import LoreStore
import TestSupport
import Testing

@Suite struct ConversationsTests {
    private let test: TestStore

    init() throws { test = try TestStore() }

    private func open(
        _ question: String, answer id: String, in conversation: String = "c1",
        at time: String = "2026-12-01T10:00:00Z"
    ) throws {
        try test.store.open(
            OpenedTurn(
                conversationID: conversation, answerID: id, askedAt: time, question: question,
                standaloneQuestion: question, model: "extractive"))
    }

    private func answer(
        _ id: String, _ text: String, citations: [Citation] = [], trace: [ToolStep] = []
    ) -> Answer {
        Answer(
            id: id, conversationID: "c1", question: "", standaloneQuestion: "How long for tea?",
            state: .grounded, confidence: 1, text: text, citations: citations, passages: [],
            model: "extractive",
            usage: Usage(inputTokens: 7, outputTokens: 3, cachedTokens: 2, cost: 0.5), took: .zero,
            trace: trace)
    }

    private let citation = Citation(
        number: 2, folder: "notes", path: "tea.md",
        range: SourceRange(bytes: 7..<34, lines: 3...4), page: 5, quote: "Four minutes.",
        verified: true, chunkID: ChunkID(rawValue: .max))

    @Test func `turns come back as they were kept, in their order`() throws {
        try open("How long?", answer: "a1")
        try open("And coffee?", answer: "a2", at: "2026-12-01T10:01:00Z")
        let step = ToolStep(tool: "t", arguments: "{}", result: "r", isError: false)
        try test.store.close(
            answer("a1", "Four minutes [2].", citations: [citation], trace: [step]))

        let turns = try test.store.read { try $0.turns(ofConversation: "c1") }

        #expect(turns.map(\.number) == [1, 2])
        #expect(turns[0].answer == "Four minutes [2].")
        #expect(turns[0].standaloneQuestion == "How long for tea?")
        #expect(turns[0].citations == [citation])
        #expect(turns[0].trace == [step])
        #expect(turns[0].usage.cost == 0.5)
        #expect(turns[0].isCut == false)
        #expect(turns[1].question == "And coffee?")
        #expect(turns[1].usage.cost == nil)
    }

    @Test func `a citation is found under its folder's new name, and its path as shown now`() throws
    {
        _ = try test.store.addFolder(name: "work", path: "/home/work")
        let cited = Citation(
            number: 1, folder: "notes", path: "notes/tea.md", range: citation.range,
            quote: citation.quote, verified: true, chunkID: citation.chunkID)
        try open("How long?", answer: "a1")
        try test.store.close(answer("a1", "Four minutes [1].", citations: [cited]))

        try test.store.renameFolder("notes", to: "home")
        let renamed = try test.store.read { try $0.citedPassages(ofAnswer: "a1") }
        try test.store.removeFolder("work")
        let alone = try test.store.read { try $0.citedPassages(ofAnswer: "a1") }

        #expect(renamed.map(\.citation.folder) == ["home"])
        #expect(renamed.map(\.citation.path) == ["home/tea.md"])
        #expect(renamed.map(\.path) == ["tea.md"])
        #expect(alone.map(\.citation.path) == ["tea.md"])
    }

    @Test func `an answer that was never closed is cut, with the text so far`() throws {
        try open("How long?", answer: "a1")
        try test.store.keep("Four min", ofAnswer: "a1")

        let turn = try #require(try test.store.read { try $0.turn(ofAnswer: "a1") })

        #expect(turn.isCut)
        #expect(turn.answer == "Four min")
    }

    @Test func `conversations are listed the last asked first, under their first question`() throws
    {
        try open("How long?", answer: "a1", at: "2026-12-01T10:00:00Z")
        try open("Who?", answer: "a2", in: "c2", at: "2026-12-01T10:01:00Z")
        try open("And then?", answer: "a3", at: "2026-12-01T10:02:00Z")

        let list = try test.store.read { try $0.conversations() }

        #expect(list.map(\.id) == ["c1", "c2"])
        let latest = try test.store.read { try $0.latestConversationID() }
        #expect(latest == "c1")
        #expect(list.map(\.title) == ["How long?", "Who?"])
        #expect(list.map(\.turns) == [2, 1])
        #expect(list[0].startedAt == "2026-12-01T10:00:00Z")
        #expect(list[0].lastAskedAt == "2026-12-01T10:02:00Z")
    }

    @Test(
        arguments: [
            ("minutes", ["c1"]), ("MINUTE tea", ["c1"]), ("who", ["c2"]), ("min", []),
            ("\"", []), ("tea coffee", []), ("NEAR(tea)", []),
        ])
    func `the words of questions and answers find their conversation`(
        words: String, found: [String]
    ) throws {
        try open("How long for tea?", answer: "a1")
        try open("Who?", answer: "a2", in: "c2")
        try test.store.keep("Four min", ofAnswer: "a1")
        try test.store.close(answer("a1", "Four minutes."))

        let list = try test.store.read { try $0.conversations(with: words) }

        #expect(list.map(\.id) == found)
    }

    @Test func `a deleted conversation leaves no turn, no citation and no word`() throws {
        try open("How long for tea?", answer: "a1")
        try test.store.close(answer("a1", "Four minutes.", citations: [citation]))
        try open("Who?", answer: "a2", in: "c2")

        #expect(try test.store.deleteConversation("c1"))

        #expect(try test.store.deleteConversation("c1") == false)
        try test.store.read { reader in
            let ids = try reader.conversations().map(\.id)
            let turns = try reader.turns(ofConversation: "c1") + reader.citingTurns()
            let found = try reader.conversations(with: "tea")
            #expect(ids == ["c2"])
            #expect(turns.isEmpty)
            #expect(found.isEmpty)
        }
    }

    @Test func `an answer to a conversation deleted meanwhile is let go`() throws {
        try open("How long?", answer: "a1")
        _ = try test.store.deleteConversation("c1")

        try test.store.close(answer("a1", "Four minutes.", citations: [citation]))

        let turn = try test.store.read { try $0.turn(ofAnswer: "a1") }
        #expect(turn == nil)
    }

    @Test func `the beginning of an id names it, unless two begin so`() throws {
        try open("How long?", answer: "ab1", in: "x1")
        try open("Who?", answer: "ab2", in: "x2")

        let answers = try test.store.read { reader in
            try ["ab1", "ab"].map { try reader.answerIDs(beginning: $0) }
        }
        let conversations = try test.store.read { reader in
            try ["x2", "%"].map { try reader.conversationIDs(beginning: $0) }
        }
        #expect(answers == [["ab1"], ["ab1", "ab2"]])
        #expect(conversations == [["x2"], []])
    }

    @Test func `readers keep what they have loaded when a conversation grows`() throws {
        let before = try test.store.read { try $0.generation() }
        try open("How long?", answer: "a1")
        let after = try test.store.read { try $0.generation() }
        #expect(after == before)
    }
}
