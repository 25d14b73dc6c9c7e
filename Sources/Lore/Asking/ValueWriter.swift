import LoreChat
import LoreCore

/// Has a chat model fill in a form of the user's own from the passages.
struct ValueWriter: AnswerWriter {
    let model: AnsweringModel
    let schema: ReplySchema

    var name: String { model.name }
    var isOnThisMachine: Bool { model.isOnThisMachine }

    func write(
        _ material: AnswerMaterial, telling tell: @escaping @Sendable (AnswerEvent) -> Void
    ) async throws -> WrittenAnswer {
        try await model.answer(from: material, telling: tell) { prompt in
            let structured = try await StructuredOutput(schema).reply(
                to: model.request(prompt, of: material), from: model.model)
            let (text, reply) = (
                structured.value.passing(AddressGuard(knowing: prompt.given)).text,
                structured.reply
            )
            tell(.text(text))
            return WrittenAnswer(
                text: text, citations: [], passages: prompt.passages, isCitedThroughout: false,
                saysNothing: false, isValue: true,
                finish: reply.finish,
                isCached: reply.isKept, notices: model.notices(of: reply, leftOut: prompt.leftOut)
            )
        }
    }
}

extension JSONValue {
    /// This value without addresses that the model made up.
    fileprivate func passing(_ addresses: AddressGuard) -> JSONValue {
        switch self {
        case .string(let text): .string(addresses.passing(text))
        case .array(let elements): .array(elements.map { $0.passing(addresses) })
        case .object(let members):
            .object(members.map { JSONMember($0.name, $0.value.passing(addresses)) })
        case .null, .bool, .number: self
        }
    }
}
