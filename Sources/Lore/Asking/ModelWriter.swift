import LoreChat
import LoreCore

/// Has a chat model write the answer from numbered passages.
struct ModelWriter: AnswerWriter {
    let model: AnsweringModel

    var name: String { model.name }
    var isOnThisMachine: Bool { model.isOnThisMachine }

    var looksFurther: Bool { !model.tools.definitions.isEmpty }

    func write(
        _ material: AnswerMaterial, telling tell: @escaping @Sendable (AnswerEvent) -> Void
    ) async throws -> WrittenAnswer {
        let count = try await model.tokenCount(in: material.answerer.store)
        return try await model.answer(from: material, telling: tell) { prompt in
            var exchange = ToolExchange(
                prompt, of: material, with: model, counting: count, telling: tell)
            try await exchange.run()
            var answer = answer(
                exchange.cited, exchange.replies, from: exchange.passages,
                leftOut: prompt.leftOut, to: material.standaloneQuestion)
            answer.trace = exchange.trace
            answer.heldBack = exchange.heldBack
            return answer
        }
    }

    /// The answer that the last of `replies` ends, to a question, from passages numbered from 1.
    func answer(
        _ text: CitedText, _ replies: [ChatReply], from passages: [Hit], leftOut: Int,
        to question: String
    ) -> WrittenAnswer {
        WrittenAnswer(
            text: text.text, citations: text.citations(of: passages, answering: question),
            passages: passages, isCitedThroughout: text.isCitedThroughout,
            saysNothing: isRefusal(text.text), isMarksAlone: text.isMarksAlone,
            finish: replies.last?.finish ?? .stop, isCached: replies.allSatisfy(\.isKept),
            notices: replies.last.map { model.notices(of: $0, leftOut: leftOut) } ?? [])
    }

    /// Whether the model says that the passages do not answer, in the words it was told.
    private func isRefusal(_ text: String) -> Bool {
        func words(_ text: String) -> [Substring] {
            text.lowercased().split { !$0.isLetter }
        }
        return words(text) == words(PromptBuilder.refusal)
    }
}
