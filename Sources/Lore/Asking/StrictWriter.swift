import LoreChat
import LoreCore
import LoreProviders

/// Has a chat model write the answer as statements that can cite nothing but sentences it was shown.
struct StrictWriter: AnswerWriter {
    let model: AnsweringModel
    /// What writes the answer where the model does not keep to the list after all, or has no list.
    private let otherwise: ModelWriter?

    /// - Throws: `AnswerFormError.notStrict` where the model's provider cannot hold it to the list.
    init(model: AnsweringModel, otherwise: ModelWriter? = nil) throws {
        guard model.model.holdsSchemas else {
            throw AnswerFormError.notStrict(
                model: model.name,
                holding: Provider.allCases.filter(\.holdsSchemas).map(\.rawValue))
        }
        self.model = model
        self.otherwise = otherwise
    }

    var name: String { model.name }
    var isOnThisMachine: Bool { model.isOnThisMachine }

    func write(
        _ material: AnswerMaterial, telling tell: @escaping @Sendable (AnswerEvent) -> Void
    ) async throws -> WrittenAnswer {
        guard let otherwise else { return try await strict(material, telling: tell) }
        // There is nothing to cite.
        if material.passages.isEmpty { return try await otherwise.write(material, telling: tell) }
        do {
            return try await strict(material, telling: tell)
        } catch  where isOfForm(error) {
            var answer = try await otherwise.write(material, telling: tell)
            answer.notices.append(
                "\(name) does not keep to a list of statements, so it was asked once more, in free text; "
                    + "with `strict: off` in the settings it is asked so at once")
            return answer
        }
    }

    /// Whether a server takes no schema, or takes it and does not heed it.
    private func isOfForm(_ error: any Error) -> Bool {
        if case StructuredOutputError.noStatements = error { return true }
        if case ProviderError.badRequest = error { return true }
        // The list of ids takes room in the window.
        if error is PromptError { return true }
        return false
    }

    private func strict(
        _ material: AnswerMaterial, telling tell: @escaping @Sendable (AnswerEvent) -> Void
    ) async throws -> WrittenAnswer {
        try await model.answer(from: material, telling: tell) { prompt in
            let (text, reply) = try await streamed(prompt, of: material, tell)
            return WrittenAnswer(
                text: text.text, citations: text.citations, passages: prompt.passages,
                isCitedThroughout: text.isCitedThroughout,
                saysNothing: try saysNothing(reply, text),
                isEcho: text.isEmpty && text.hasEchoes,
                finish: reply.finish, isCached: reply.isKept,
                notices: model.notices(of: reply, leftOut: prompt.leftOut)
                    + unlisted(material))
        }
    }

    /// The reply, its statements told as they are completed.
    private func streamed(
        _ prompt: Prompt, of material: AnswerMaterial, _ tell: @Sendable (AnswerEvent) -> Void
    ) async throws -> (StatementText, ChatReply) {
        var stream = StatementStream()
        var text = StatementText(
            QuotableSentences(of: prompt.passages), answering: material.request.question,
            knowing: prompt.given)
        let reply = try await model.reply(to: model.request(prompt, of: material)) { piece in
            for statement in stream.read(piece) {
                let shown = text.add(statement)
                if !shown.isEmpty { tell(.text(shown)) }
            }
        }
        return (text, reply)
    }

    /// That passages were left out which the list of sentences had no room for.
    private func unlisted(_ material: AnswerMaterial) -> [String] {
        let count = material.passages.count - QuotableSentences.fitting(material.passages).count
        guard count > 0 else { return [] }
        let passages = count == 1 ? "1 passage" : "\(count) passages"
        return ["\(passages) did not fit into the list of sentences to cite"]
    }

    /// Whether the model says that the passages do not answer, by a list without statements.
    ///
    /// - Throws: `StructuredOutputError.noStatements` where it has replied with something else.
    private func saysNothing(_ reply: ChatReply, _ text: StatementText) throws -> Bool {
        guard text.isEmpty, !text.hasEchoes, reply.finish == .stop else { return false }
        guard jsonInText(reply.text)?["statements"]?.elements?.isEmpty == true else {
            throw StructuredOutputError.noStatements(text: reply.text)
        }
        return true
    }
}
