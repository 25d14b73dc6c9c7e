import LoreChat
import LoreCore

/// Has a chat model write the answer from numbered passages.
struct ModelWriter: AnswerWriter {
    let model: AnsweringModel

    var name: String { model.name }
    var isOnThisMachine: Bool { model.isOnThisMachine }

    func write(
        _ material: AnswerMaterial, telling tell: @Sendable (AnswerEvent) -> Void
    ) async throws -> WrittenAnswer {
        try await model.answer(from: material, telling: tell) { prompt in
            let (text, reply) = try await streamed(prompt, of: material, tell)
            return answer(
                text, reply, from: prompt.passages,
                leftOut: prompt.leftOut, to: material.standaloneQuestion)
        }
    }

    /// The answer that a whole reply is to a question, from passages numbered from 1.
    func answer(
        _ text: CitedText, _ reply: ChatReply, from passages: [Hit], leftOut: Int,
        to question: String
    ) -> WrittenAnswer {
        WrittenAnswer(
            text: text.text, citations: text.citations(of: passages, answering: question),
            passages: passages, isCitedThroughout: text.isCitedThroughout,
            saysNothing: isRefusal(text.text), usage: model.usage(of: reply),
            finish: reply.finish, isCached: reply.isKept,
            notices: model.notices(of: reply, leftOut: leftOut))
    }

    /// The reply, its text told as it comes.
    private func streamed(
        _ prompt: Prompt, of material: AnswerMaterial, _ tell: @Sendable (AnswerEvent) -> Void
    ) async throws -> (CitedText, ChatReply) {
        var stream = AnswerTextStream(
            passages: prompt.passages.count, knowing: [prompt.turn])
        func show(_ piece: String) { if !piece.isEmpty { tell(.text(piece)) } }
        let reply = try await model.reply(to: prompt, of: material) { show(stream.read($0)) }
        show(stream.finish())
        return (stream.cited, reply)
    }

    /// Whether the model says that the passages do not answer, in the words it was told.
    private func isRefusal(_ text: String) -> Bool {
        func words(_ text: String) -> [Substring] {
            text.lowercased().split { !$0.isLetter }
        }
        return words(text) == words(PromptBuilder.refusal)
    }
}
