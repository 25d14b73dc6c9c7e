import Foundation
import LoreCore
import LoreProviders
import LoreStore
import TestSupport
import Testing

@testable import Lore

/// 200 turns with a model whose window has 8,000 tokens.
@Suite struct LongConversationTests {
    private let model = "compatible:any"
    private let window = 8000
    private static let teas = [
        "Assam", "Ceylon", "Darjeeling", "Keemun", "Lapsang", "Oolong", "Rooibos", "Sencha",
    ]
    private let fact = "My daughter is called Ottilie and hazelnuts make her ill."

    private func notes(_ history: HistoryChoice, utilityModel: String?) async throws -> AskingNotes
    {
        let notes = try await AskingNotes { configuration in
            configuration.history = history
            configuration.utilityModel = utilityModel
            configuration.chatModels[model] = ModelOverride(window: window)
        }
        for tea in Self.teas {
            let lines = (1...12).map {
                "Steep \(tea) for \($0 + 2) minutes where pot \($0) is used."
            }
            try notes.folder.write(
                "# \(tea)\n\n" + lines.joined(separator: "\n\n") + "\n", to: "notes/\(tea).md")
        }
        _ = try await notes.knowledgeBase.index(IndexRequest())
        return notes
    }

    private func question(_ number: Int) -> String {
        let (tea, pot) = (Self.teas[number % Self.teas.count], number % 12 + 1)
        let asked = "How many minutes should \(tea) steep?"
        return number == 2
            ? "\(fact) \(asked)"
            : "\(tea) is steeped where pot \(pot) is used, for minutes and minutes. \(asked)"
    }

    private func answer(_ number: Int) -> String {
        "Steep \(Self.teas[number % Self.teas.count]) for 3 minutes where pot 1 is used [1]. "
            + String(repeating: "It may stand a little longer where the water is soft. ", count: 6)
    }

    /// A token for each 3.5 bytes of the request's body: fewer than lore counts, more than English has.
    private func plainTokens(_ request: LoopbackRequest) -> Int { request.body.count * 2 / 7 }

    private func said(in request: LoopbackRequest) throws -> String {
        let messages = try JSONValue(parsing: request.body)["messages"]?.elements ?? []
        return messages.compactMap { $0["content"]?.string }.joined(separator: "\n")
    }

    private static let cases: [(HistoryChoice, utility: String?)] = [
        (.trim, Configuration.extractive), (.window, Configuration.extractive),
        (.retrieve, Configuration.extractive), (.summarize, Configuration.extractive),
        (.summarize, nil),
    ]

    /// Every fifth turn is asked; the others are kept as if they had been.
    @Test(arguments: cases)
    func `no request exceeds the window, and none fails`(
        history: HistoryChoice, utility: String?
    ) async throws {
        let notes = try await notes(history, utilityModel: utility)
        let knowledgeBase = notes.knowledgeBase
        var id: String?
        for number in 1...199 {
            guard number < 4 || number % 5 == 4 else {
                try keep(number, in: try #require(id), of: knowledgeBase)
                continue
            }
            if utility == nil {
                // The model also makes the question stand alone, and summarizes.
                for _ in 1...3 { notes.provider.next(.say(.text(question(number)))) }
            } else if number != 2 {
                // The notes do not answer the second question, so that no model is asked.
                notes.provider.next(.say(.text(answer(number))))
            }
            var request = AskRequest(
                question(number), model: model, conversation: id.map { .named($0) } ?? .new)
            request.usesKeptReplies = false
            id = try await knowledgeBase.ask(request).conversationID
        }

        let requests = notes.provider.server.log.requests
        #expect(requests.allSatisfy { plainTokens($0) + 1024 <= window })
        let keepsFacts = history == .summarize || history == .retrieve
        #expect(try said(in: try #require(requests.last)).contains(fact) == keepsFacts)
        let turns = try knowledgeBase.turns(ofConversation: try #require(id)).turns
        #expect(turns.map(\.question) == (1...199).map(question))
        #expect(turns.allSatisfy { !$0.isCut })
        let expanded = try knowledgeBase.expanded(conversation: try #require(id))
        #expect((expanded != nil) == (history == .summarize))
        if let expanded {
            #expect(expanded.turns == Array(turns.prefix(expanded.summary.lastNumber)))
            #expect(expanded.summary.model == Configuration.extractive || utility == nil)
        }
    }

    private func keep(_ number: Int, in id: String, of knowledgeBase: KnowledgeBase) throws {
        try knowledgeBase.opened.keep { store in
            try store.open(
                OpenedTurn(
                    conversationID: id, answerID: "answer-\(number)",
                    askedAt: "2026-12-01T10:00:00Z", question: question(number),
                    standaloneQuestion: question(number), model: model))
            try store.close(
                Answer(
                    id: "answer-\(number)", conversationID: id, question: question(number),
                    standaloneQuestion: question(number), state: .grounded, confidence: 1,
                    text: answer(number), citations: [], passages: [], model: model, usage: .none,
                    took: .zero))
        }
    }
}
