import Foundation
import LoreCore
import LoreProviders
import TestSupport
import Testing

@testable import Lore

/// Four notes about a pump: one that may be sent, one by its tag, one by its front matter and one by its
/// folder on this machine only; and some of other matters, so that its words tell something.
@Suite(.timeLimit(.minutes(2))) struct LocalOnlyTests {
    private let folder: TemporaryFolder
    private let cloud: RecordedCloud
    private static let remote = "anthropic:claude-haiku-4-5"
    private static let local = "ollama:qwen3"
    private static let question = "How many minutes does the pump run?"

    private static let open = "# Pump\n\nThe pump of the garden runs for nine minutes each night.\n"
    private static let secrets = [
        "notes/tagged.md":
            "---\ntags: [Private/home]\n---\n# Pump one\n\n"
            + "The hidden pump under the cellar stairs runs forty-one minutes.\n",
        "notes/marked.md":
            "---\nlocal_only: true\n---\n# Pump two\n\n"
            + "Behind the third brick a secret pump runs sixty-six minutes.\n",
        "journal/day.md":
            "# Pump three\n\nDear diary, my private pump runs eighty-eight minutes, nobody knows.\n",
    ]

    init() throws {
        folder = try TemporaryFolder()
        cloud = try RecordedCloud()
        try folder.write(Self.open, to: "notes/open.md")
        for (path, text) in Self.secrets { try folder.write(text, to: path) }
        for word in ["bread", "salt", "flour", "yeast", "water", "oven"] {
            try folder.write("# Baking\n\nMind the \(word).\n", to: "other/\(word).md")
        }
    }

    private func knowledgeBase(
        _ change: (inout Configuration) -> Void = { _ in }
    ) -> KnowledgeBase {
        var configuration = Configuration(
            database: folder.url.appending(path: "lore.db"),
            modelsDirectory: folder.url.appending(path: "models"),
            cacheDirectory: folder.url.appending(path: "cache"))
        configuration.providers = cloud.variables
        configuration.retries = 0
        configuration.localOnlyFolders = ["Journal"]
        change(&configuration)
        return KnowledgeBase(configuration: configuration)
    }

    @discardableResult
    private func index(
        _ knowledgeBase: KnowledgeBase, _ names: [String] = ["notes", "journal", "other"]
    ) async throws -> IndexReport {
        try await knowledgeBase.index(
            IndexRequest(folders: names.map { folder.url.appending(path: $0).path }))
    }

    private func expectNoLeak() throws {
        for (path, text) in Self.secrets {
            let leak = try cloud.leak(of: text)
            #expect(leak == nil, "of \(path)")
        }
    }

    private func places(_ entries: [EgressEntry]) -> [String] {
        entries.map { "\($0.path):\($0.lines.lowerBound)-\($0.lines.upperBound)" }
    }

    @Test func `passages of local-only notes are held back, and the answer says so`()
        async throws
    {
        let notes = knowledgeBase()
        try await index(notes)
        cloud.provider.next(.say(.text("Nine minutes [1].")))

        let answer = try await notes.ask(AskRequest(Self.question, model: Self.remote))

        #expect(answer.state == .grounded)
        #expect(answer.passages.map(\.path) == ["notes/open.md"])
        #expect(
            answer.notices.contains("3 passages of local-only notes held back from \(Self.remote)"))
        try expectNoLeak()
        let entries = try notes.egress()
        #expect(places(entries) == (try cloud.passages))
        #expect(entries.map(\.host) == [cloud.host])
        #expect(entries.map(\.purpose) == [.answer])
    }

    @Test func `a model on this machine is sent them, and nothing is entered`() async throws {
        let notes = knowledgeBase()
        try await index(notes)

        let answer = try await notes.ask(AskRequest(Self.question, model: Self.local))

        #expect(answer.passages.count == 4)
        #expect(try notes.egress().isEmpty)
        #expect(try cloud.bodies.isEmpty)
    }

    @Test func `nothing is sent where all is held back`() async throws {
        let notes = knowledgeBase()
        try await index(notes, ["journal", "other"])

        let answer = try await notes.ask(AskRequest(Self.question, model: Self.remote))

        #expect(answer.state == .notFound)
        #expect(
            answer.notices.contains("1 passage of local-only notes held back from \(Self.remote)"))
        #expect(cloud.provider.server.log.requests.isEmpty)
    }

    @Test func `a setting holds without a new index`() async throws {
        try await index(knowledgeBase())
        let open = knowledgeBase {
            $0.localOnlyFolders = []
            $0.localOnlyTags = []
        }

        let answer = try await open.ask(AskRequest(Self.question, model: Self.remote))

        #expect(
            answer.passages.map(\.path).sorted()
                == ["journal/day.md", "notes/open.md", "notes/tagged.md"])
        #expect(
            answer.notices.contains("1 passage of local-only notes held back from \(Self.remote)"))
    }

    @Test(arguments: HistoryChoice.allCases)
    func `no turn of a conversation gives them away`(history: HistoryChoice) async throws {
        let notes = knowledgeBase { $0.history = history }
        try await index(notes)
        let secret = "The hidden pump under the cellar stairs runs forty-one minutes."
        cloud.provider.next(.say(.text(secret + " [1]")), .say(.text(secret + " Still.")))
        var request = AskRequest(Self.question, model: Self.local)
        let first = try await notes.ask(request)
        request.conversation = .named(first.conversationID)
        request.question = "And the pump in winter?"
        _ = try await notes.ask(request)

        for question in [
            "How many minutes does the pump of the garden run?", "And the pump?", "Why?",
        ] {
            request.question = question
            request.model = Self.remote
            let answer = try await notes.ask(request)
            #expect(answer.notices.contains { $0.hasPrefix("2 earlier answers from local-only") })
        }

        try expectNoLeak()
        #expect(try Set(places(notes.egress())) == Set(cloud.passages))
    }

    @Test func `an answer is withheld for what its note or its model's context is now`()
        async throws
    {
        let notes = knowledgeBase { $0.localOnlyFolders = [] }
        try await index(notes, ["journal", "other"])
        let first = try await notes.ask(AskRequest(Self.question, model: Self.local))
        var request = AskRequest("And the pump?", model: Self.local)
        request.conversation = .named(first.conversationID)
        _ = try await notes.ask(request)
        request.model = Self.remote

        let open = try notes.turns(ofConversation: first.conversationID, for: request)
        let closed = try knowledgeBase().turns(ofConversation: first.conversationID, for: request)

        #expect(open.map(\.isWithheld) == [false, false])
        #expect(closed.map(\.isWithheld) == [true, true])
        #expect(closed.map(\.answer) == ["", ""])
        #expect(closed.map(\.question) == [Self.question, "And the pump?"])
    }

    @Test func `a provider embeds none of them, and none awaits its vector`() async throws {
        let notes = knowledgeBase { $0.embeddingModel = "openai:text-embedding-3-small" }
        let plan = try await notes.plan(
            IndexRequest(folders: ["notes"].map { folder.url.appending(path: $0).path }))
        let report = try await index(notes, ["notes", "journal"])

        #expect(plan.report.embedded == 1)
        #expect(report.embedded == 1)
        #expect(
            report.notices == [
                "3 passages of local-only notes were held back from "
                    + "openai:text-embedding-3-small: only their words are searched"
            ])
        #expect(try await index(notes, ["notes", "journal"]).embedded == 0)
        #expect(try notes.status().pending == 0)
        #expect(try notes.status().embedded == 1)
        let result = try await notes.search(Query(text: "pump", mode: .hybrid, limit: 5))
        #expect(result.hits.count == 4)
        #expect(!result.notices.contains { $0.contains("await") })
        try expectNoLeak()
        let entries = try notes.egress()
        #expect(places(entries) == ["notes/open.md:1-3"])
        #expect(entries.map(\.purpose) == [.embedding])
    }

    @Test func `a folder in the settings that is none is told`() async throws {
        let notes = knowledgeBase { $0.localOnlyFolders = ["jornal"] }

        let report = try await index(notes)

        #expect(
            report.notices.contains(
                "local_only_folders names 'jornal', which is no indexed folder; see `lore folders`"
            ))
    }

    /// What a front end or a writer forgets, the client does not.
    @Test func `a request that names a local-only note as its source is refused`() async throws {
        let notes = knowledgeBase()
        let model = try notes.models.remote.chatModel(named: Self.remote)
        let request = ChatRequest(
            messages: [ChatMessage(.user, "x")],
            origins: [
                NoteOrigin(folder: "notes", path: "a.md", lines: 1...2, isLocalOnly: true)
            ])

        let error = await #expect(throws: ProviderError.self) {
            _ = try await model.reply(to: request)
        }

        #expect(error == .refusedLocalOnly(host: cloud.host, path: "a.md"))
        #expect(cloud.provider.server.log.requests.isEmpty)
    }
}
