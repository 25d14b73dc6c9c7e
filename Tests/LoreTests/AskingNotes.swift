import Foundation
import Lore
import TestSupport

/// Two notes in an index without an embedding model, and a provider that does as told.
struct AskingNotes: Sendable {
    let folder: TemporaryFolder
    let provider: ScriptedProvider
    let configuration: Configuration

    /// A question that the notes answer.
    static let question = "How many minutes should tea steep?"
    /// The models of all protocols that a question without tools uses.
    static let models = [
        "openai:gpt-6.1-sol", "anthropic:claude-haiku-4-5",
        "gemini:" + ScriptedProvider.geminiModel,
        "ollama:qwen3", "compatible:any",
    ]

    init(_ change: (inout Configuration) -> Void = { _ in }) async throws {
        folder = try TemporaryFolder()
        try folder.write(
            "# Tea\n\nSteep it for four minutes.\n\nUse soft water.\n", to: "notes/tea.md")
        try folder.write("# Bread\n\nFlour, water, salt.\n", to: "notes/bread.md")
        provider = try ScriptedProvider()
        var configuration = Configuration(in: folder)
        configuration.providers = ProviderVariables([
            "OPENAI_BASE_URL": provider.server.address("/v1"), "OPENAI_API_KEY": "sk-test-openai",
            "ANTHROPIC_BASE_URL": provider.server.address(""),
            "ANTHROPIC_API_KEY": "sk-test-anthropic",
            "GEMINI_BASE_URL": provider.server.address(""), "GEMINI_API_KEY": "sk-test-gemini",
            "OLLAMA_HOST": provider.server.address(""), "HOME": "/nowhere",
        ])
        configuration.retries = 0
        change(&configuration)
        self.configuration = configuration
        _ = try await knowledgeBase.index(
            IndexRequest(folders: [folder.url.appending(path: "notes").path]))
    }

    var knowledgeBase: KnowledgeBase { KnowledgeBase(configuration: configuration) }

    /// All events of an answer, and what ended it early.
    func events(
        _ request: AskRequest
    ) async -> (events: [AnswerEvent], error: (any Error)?) {
        var events: [AnswerEvent] = []
        do {
            for try await event in knowledgeBase.answer(request) { events.append(event) }
            return (events, nil)
        } catch {
            return (events, error)
        }
    }
}

extension [AnswerEvent] {
    /// The events' names, pieces of the text counted once.
    var names: [String] {
        var names: [String] = []
        for event in self {
            let name =
                switch event {
                case .started: "started"
                case .sources: "sources"
                case .sent: "sent"
                case .text: "text"
                case .citation: "citation"
                case .usage: "usage"
                case .step: "step"
                case .finished: "finished"
                }
            if names.last != name { names.append(name) }
        }
        return names
    }

    var text: String {
        reduce(into: "") { text, event in
            if case .text(let piece) = event { text += piece }
        }
    }

    var citations: [Citation] {
        compactMap { event -> Citation? in
            if case .citation(let citation) = event { citation } else { nil }
        }
    }

    var sources: [Hit] {
        flatMap { event -> [Hit] in
            if case .sources(_, let passages) = event { passages } else { [] }
        }
    }

    var answer: Answer? {
        guard case .finished(let answer)? = last else { return nil }
        return answer
    }
}
