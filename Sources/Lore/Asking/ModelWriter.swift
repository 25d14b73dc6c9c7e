import LoreChat
import LoreCore

/// Has a chat model write the answer from numbered passages.
struct ModelWriter: AnswerWriter {
    let model: AnsweringModel

    var name: String { model.name }

    func write(
        _ material: AnswerMaterial, telling tell: @Sendable (AnswerEvent) -> Void
    ) async throws -> WrittenAnswer {
        try await model.answer(from: material, telling: tell) { prompt in
            let (text, reply) = try await streamed(prompt, tell)
            return WrittenAnswer(
                text: text.text,
                citations: text.citations(
                    of: prompt.passages, answering: material.standaloneQuestion),
                passages: prompt.passages, isCitedThroughout: text.isCitedThroughout,
                saysNothing: isRefusal(text.text), usage: model.usage(of: reply),
                finish: reply.finish, isCached: reply.isKept,
                notices: model.notices(of: reply, to: prompt, for: material))
        }
    }

    /// The reply, its text told as it comes.
    private func streamed(
        _ prompt: Prompt, _ tell: @Sendable (AnswerEvent) -> Void
    ) async throws -> (CitedText, ChatReply) {
        var stream = CitationStream(passages: prompt.passages.count)
        func show(_ piece: String) { if !piece.isEmpty { tell(.text(piece)) } }
        let reply = try await model.reply(to: prompt) { show(stream.read($0)) }
        show(stream.finish())
        return (CitedText(stream), reply)
    }

    /// Whether the model says that the passages do not answer, in the words it was told.
    private func isRefusal(_ text: String) -> Bool {
        func words(_ text: String) -> [Substring] {
            text.lowercased().split { !$0.isLetter }
        }
        return words(text) == words(PromptBuilder.refusal)
    }
}
