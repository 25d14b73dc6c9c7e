import LoreChat
import LoreCore
import LoreLinearAlgebra
import LoreStore

/// What retrieval found for a question, and what the gate says of it.
struct FoundMaterial: Sendable {
    var material: AnswerMaterial
    /// Best first, also where the gate is closed.
    let passages: [Hit]
    let verdict: GateVerdict
    var notices: [String]
}

extension KnowledgeBase {
    /// What a model that is on this machine or elsewhere may answer `request` from.
    ///
    /// `standalone` is what is searched for; `conversation` is what the question belongs to, with its
    /// earlier turns.
    func material(
        for request: AskRequest, searchedAs standalone: StandaloneQuestion,
        in conversation: (id: String, turns: [ConversationTurn]), isOnThisMachine: Bool
    ) async throws -> FoundMaterial {
        let store = try opened.reader()
        let limit = request.passages ?? configuration.passages
        async let codes: Void = loadCodes(for: .hybrid, in: store)
        let found = try await byOneModel {
            let meaning = try await meaning(
                of: standalone.question, carrying: standalone.carried, mode: .hybrid, in: store)
            let question = Retriever.Question(
                standalone, mode: .hybrid, meaning: meaning.meaning,
                filter: request.filter.map(time.matcher))
            let answerer = try answerer(store, embedder: meaning.embedder)
            let retrieved = try await Parallel.offPool {
                try answerer.retrieved(question, limit)
            }
            let goesOn = retrieved.verdict.answers && standalone.text != request.question
            let cited = goesOn ? conversation.turns.last?.citations ?? [] : []
            let passages = try await Parallel.offPool {
                try answerer.keeping(
                    cited, behind: retrieved.passages, limit, passing: question.filter)
            }
            return FoundMaterial(
                material: AnswerMaterial(
                    request: request, conversationID: conversation.id,
                    turns: conversation.turns, standaloneQuestion: standalone.text,
                    question: question, answerer: answerer, ranking: retrieved.ranking,
                    sendable: try LocalOnly(configuration).sendable(
                        retrieved.verdict.answers ? passages : [],
                        isOnThisMachine: isOnThisMachine, answerer.files)),
                passages: passages, verdict: retrieved.verdict,
                notices: meaning.notices)
        }
        await codes
        return found
    }
}
