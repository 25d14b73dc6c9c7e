import LoreCore

extension ChatReply {
    /// This reply, which was paused, with what came after it: one text, one sum of tokens.
    func continued(by rest: ChatReply) -> ChatReply {
        var whole = rest
        whole.message.parts = joined(message.parts, rest.message.parts)
        whole.message.original = message.original.flatMap { start in
            rest.message.original.flatMap { end in
                OriginalTurn(
                    dialect: end.dialect, model: end.model,
                    content: .array(
                        (start.content.elements ?? []) + (end.content.elements ?? [])))
            }
        }
        whole.usage = usage + rest.usage
        whole.notices = notices + rest.notices.filter { !notices.contains($0) }
        return whole
    }
}

/// All parts, with the texts that meet made one.
private func joined(_ start: [ChatPart], _ end: [ChatPart]) -> [ChatPart] {
    guard case .text(let before)? = start.last, case .text(let after)? = end.first else {
        return start + end
    }
    return start.dropLast() + [.text(before + after)] + end.dropFirst()
}
