package import LoreCore

extension ChatReply {
    /// This reply, where it says a call in its text instead of making it, with that call made.
    ///
    /// Small models write `{"name": …, "arguments": {…}}` as their answer. It counts as a call where
    /// it names one of the tools that `request` offers and is all of the text, a fence or a tag
    /// around it aside; where a call is all that is asked for, it may have prose around it.
    ///
    /// - Parameter request: What the reply answers; the number of its messages names the call,
    ///   so that no two of a conversation have the same ID.
    /// - Returns: The reply with the call in place of its text, or as it is.
    package func takingCallInText(of request: ChatRequest) -> ChatReply {
        guard toolCalls.isEmpty, let written = callInText(of: request),
            let name = written["name"]?.string,
            request.tools.contains(where: { $0.name == name }),
            let arguments = written["arguments"], arguments.members != nil
        else { return self }
        let call = ToolCall(
            id: "text\(request.messages.count)", name: name, argumentText: arguments.text)
        var reply = self
        // The provider's own form of the turn has no call that a result could belong to.
        reply.message = ChatMessage(.assistant, [.toolCall(call)])
        reply.finish = .toolCalls
        return reply
    }

    private func callInText(of request: ChatRequest) -> JSONValue? {
        switch (request.toolChoice, finish) {
        case (.auto, .stop): onlyJSON(in: text)
        case (.required, .stop), (.required, .length), (.named, .stop), (.named, .length):
            jsonInText(text)
        default: nil
        }
    }
}

/// The JSON object that is all of `text`, or all but a fence or a tag such as `<tool_call>`.
private func onlyJSON(in text: String) -> JSONValue? {
    guard let open = text.firstIndex(of: "{"), let close = text.lastIndex(of: "}"), open < close,
        isWrapping(text[..<open], text[text.index(after: close)...])
    else { return nil }
    // What does not parse is prose.
    return try? JSONValue(parsing: String(text[open...close]))
}

/// Whether nothing stands before and behind, or no more than the two ends of a fence or a tag.
private func isWrapping(_ before: Substring, _ behind: Substring) -> Bool {
    func trimmed(_ part: Substring) -> String {
        part.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    let (before, behind) = (trimmed(before), trimmed(behind))
    if before.isEmpty { return behind.isEmpty }
    if before == "```" || before == "```json" { return behind == "```" }
    // A tag that the model leaves open at the end of its text is closed by the end.
    let tags = ["tool_call", "tools", "function_call"]
    return tags.contains { before == "<\($0)>" && (behind.isEmpty || behind == "</\($0)>") }
}
