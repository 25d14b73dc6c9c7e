import Foundation
import LoreCore
import LoreProviders
import TestSupport
import Testing

@testable import Lore

@Suite(.timeLimit(.minutes(2))) struct LocalOnlyTests {
    private let place: LocalOnlyNotes

    init() throws { place = try LocalOnlyNotes() }

    @Test func `passages of local-only notes are held back, and the answer says so`()
        async throws
    {
        let notes = place.knowledgeBase()
        try await place.index(notes)
        place.cloud.provider.next(.say(.text("Nine minutes [1].")))

        let answer = try await notes.ask(
            AskRequest(LocalOnlyNotes.question, model: LocalOnlyNotes.remote))

        #expect(answer.state == .grounded)
        #expect(answer.passages.map(\.path) == ["notes/open.md"])
        #expect(
            answer.notices.contains(
                "3 passages of local-only notes held back from \(LocalOnlyNotes.remote)"))
        place.expectNoLeak()
        let entries = try notes.egress()
        #expect(place.places(entries) == place.cloud.passages)
        #expect(entries.map(\.host) == [place.cloud.host])
        #expect(entries.map(\.purpose) == [.answer])
    }

    @Test func `a model on this machine is sent them, and nothing is entered`() async throws {
        let notes = place.knowledgeBase()
        try await place.index(notes)

        let answer = try await notes.ask(
            AskRequest(LocalOnlyNotes.question, model: LocalOnlyNotes.local))

        #expect(answer.passages.count == 4)
        #expect(try notes.egress().isEmpty)
        #expect(place.cloud.bodies.isEmpty)
    }

    @Test func `nothing is sent where all is held back`() async throws {
        let notes = place.knowledgeBase()
        try await place.index(notes, ["journal", "other"])

        let answer = try await notes.ask(
            AskRequest(LocalOnlyNotes.question, model: LocalOnlyNotes.remote))

        #expect(answer.state == .notFound)
        #expect(
            answer.notices.contains(
                "1 passage of local-only notes held back from \(LocalOnlyNotes.remote)"))
        #expect(place.cloud.provider.server.log.requests.isEmpty)
    }

    @Test func `a setting holds without a new index`() async throws {
        try await place.index(place.knowledgeBase())
        let open = place.knowledgeBase {
            $0.localOnlyFolders = []
            $0.localOnlyTags = []
        }

        let answer = try await open.ask(
            AskRequest(LocalOnlyNotes.question, model: LocalOnlyNotes.remote))

        #expect(
            answer.passages.map(\.path).sorted()
                == ["journal/day.md", "notes/open.md", "notes/tagged.md"])
        #expect(
            answer.notices.contains(
                "1 passage of local-only notes held back from \(LocalOnlyNotes.remote)"))
    }

    @Test(arguments: HistoryChoice.allCases)
    func `no turn of a conversation gives them away`(history: HistoryChoice) async throws {
        let notes = place.knowledgeBase { $0.history = history }
        try await place.index(notes)
        let secret = "The hidden pump under the cellar stairs runs forty-one minutes."
        place.cloud.provider.next(.say(.text(secret + " [1]")), .say(.text(secret + " Still.")))
        var request = AskRequest(LocalOnlyNotes.question, model: LocalOnlyNotes.local)
        let first = try await notes.ask(request)
        request.conversation = .named(first.conversationID)
        request.question = "And the pump in winter?"
        _ = try await notes.ask(request)

        for question in [
            "How many minutes does the pump of the garden run?", "And the pump?", "Why?",
        ] {
            request.question = question
            request.model = LocalOnlyNotes.remote
            let answer = try await notes.ask(request)
            #expect(answer.notices.contains { $0.hasPrefix("2 earlier answers from local-only") })
        }

        place.expectNoLeak()
        #expect(try Set(place.places(notes.egress())) == Set(place.cloud.passages))
    }

    @Test func `an address of an answer that is withheld may not be repeated`() async throws {
        let notes = place.knowledgeBase()
        try await place.index(notes)
        let address = "https://pump.example/secret"
        place.cloud.provider.next(
            .say(.text("See \(address) [1].")), .say(.text(LocalOnlyNotes.question)),
            .say(.text("See \(address) [1].")))
        var request = AskRequest(LocalOnlyNotes.question, model: LocalOnlyNotes.local)
        request.attachment = "The maker is at \(address)."
        let first = try await notes.ask(request)

        request = AskRequest(
            LocalOnlyNotes.question, model: LocalOnlyNotes.remote,
            conversation: .named(first.conversationID))
        let answer = try await notes.ask(request)

        #expect(first.text == "See \(address) [1].")
        #expect(answer.text == "See (address removed) [1].")
    }

    @Test func `an answer is withheld for what its note or its model's context is now`()
        async throws
    {
        let notes = place.knowledgeBase { $0.localOnlyFolders = [] }
        try await place.index(notes, ["journal", "other"])
        let first = try await notes.ask(
            AskRequest(LocalOnlyNotes.question, model: LocalOnlyNotes.local))
        var request = AskRequest("And the pump?", model: LocalOnlyNotes.local)
        request.conversation = .named(first.conversationID)
        _ = try await notes.ask(request)
        request.model = LocalOnlyNotes.remote

        let open = try notes.turns(ofConversation: first.conversationID, for: request)
        let closed = try place.knowledgeBase().turns(
            ofConversation: first.conversationID, for: request)

        #expect(open.map(\.isWithheld) == [false, false])
        #expect(closed.map(\.isWithheld) == [true, true])
        #expect(closed.map(\.answer) == ["", ""])
        #expect(closed.map(\.question) == [LocalOnlyNotes.question, "And the pump?"])
    }

    @Test func `a provider embeds none of them, and none awaits its vector`() async throws {
        let notes = place.knowledgeBase { $0.embeddingModel = "openai:text-embedding-3-small" }
        let plan = try await notes.plan(
            IndexRequest(folders: ["notes"].map { place.folder.url.appending(path: $0).path }))
        let report = try await place.index(notes, ["notes", "journal"])

        #expect(plan.report.embedded == 1)
        #expect(report.embedded == 1)
        #expect(
            report.notices == [
                "3 passages of local-only notes were held back from "
                    + "openai:text-embedding-3-small: only their words are searched"
            ])
        #expect(try await place.index(notes, ["notes", "journal"]).embedded == 0)
        #expect(try notes.status().pending == 0)
        #expect(try notes.status().embedded == 1)
        let result = try await notes.search(Query(text: "pump", mode: .hybrid, limit: 5))
        #expect(result.hits.count == 4)
        #expect(!result.notices.contains { $0.contains("await") })
        place.expectNoLeak()
        let entries = try notes.egress()
        #expect(place.places(entries) == ["notes/open.md:1-3"])
        #expect(entries.map(\.purpose) == [.embedding])
    }

    @Test func `a folder in the settings that is none is told`() async throws {
        let notes = place.knowledgeBase { $0.localOnlyFolders = ["jornal"] }

        let report = try await place.index(notes)

        #expect(
            report.notices.contains(
                "local_only_folders names 'jornal', which is no indexed folder; see `lore folders`"
            ))
    }

    /// What a front end or a writer forgets, the client does not.
    @Test func `a request that names a local-only note as its source is refused`() async throws {
        let notes = place.knowledgeBase()
        let model = try notes.models.remote.chatModel(named: LocalOnlyNotes.remote)
        let request = ChatRequest(
            messages: [ChatMessage(.user, "x")],
            origins: [
                NoteOrigin(folder: "notes", path: "a.md", lines: 1...2, isLocalOnly: true)
            ])

        let error = await #expect(throws: ProviderError.self) {
            _ = try await model.reply(to: request)
        }

        #expect(error == .refusedLocalOnly(host: place.cloud.host, path: "a.md"))
        #expect(place.cloud.provider.server.log.requests.isEmpty)
    }
}
