import LoreCore

/// A question with what was retrieved for it, before it is known how much room earlier turns leave.
package struct PromptDraft: Sendable {
    let instructions: String
    let tools: [ToolDefinition]
    let schemaBytes: Int
    let question: String
    let attached: String
    /// The end of the user's turn: attached text and question.
    let asked: String
    let passages: [Hit]
    /// Each passage as it is sent.
    let blocks: [String]
    /// Tokens for passages and earlier turns.
    let room: Int
    /// Tokens for both above which earlier turns give way.
    let roomWithHistory: Int
    let outputTokens: Int
    let count: TokenCount

    /// What earlier turns may take: all that passages do not need, of which half is theirs at most.
    package var historyRoom: HistoryRoom {
        let needed = count.tokens(bytes: blocks.reduce(0) { $0 + $1.utf8.count })
        let tokens = roomWithHistory - min(needed, roomWithHistory / 2)
        return HistoryRoom(tokens: max(0, tokens), count: count)
    }

    /// The request with `history`, and as many passages, best first, as fit beside it.
    ///
    /// A history beyond `historyRoom` may leave no room for passages; one beyond the window is not
    /// sent.
    package func prompt(after history: ChatHistory = .none) -> Prompt {
        let taken = count.tokens(of: history)
        let history = taken <= room ? history : .none
        let kept = fitting(in: room - count.tokens(of: history))
        let text = blocks.prefix(kept).joined()
        return Prompt(
            system: instructions, tools: tools, turn: text + asked, history: history,
            passages: Array(passages.prefix(kept)), leftOut: passages.count - kept,
            parts: parts(history, text), outputTokens: outputTokens)
    }

    /// How many blocks, from the first, have together no more than `room` tokens.
    private func fitting(in room: Int) -> Int {
        var bytes = 0
        for (index, block) in blocks.enumerated() {
            bytes += block.utf8.count
            if count.tokens(bytes: bytes) > room { return index }
        }
        return blocks.count
    }

    private func parts(_ history: ChatHistory, _ passages: String) -> [Prompt.Part] {
        [
            Prompt.Part(name: "instructions", tokens: count.tokens(instructions)),
            Prompt.Part(
                name: "tools", tokens: count.tokens(bytes: tools.reduce(0) { $0 + $1.textBytes })),
            Prompt.Part(name: "schema", tokens: count.tokens(bytes: schemaBytes)),
            Prompt.Part(name: "earlier turns", tokens: count.tokens(of: history)),
            Prompt.Part(name: "passages", tokens: count.tokens(passages)),
            Prompt.Part(name: "attached text", tokens: count.tokens(attached)),
            Prompt.Part(name: "question", tokens: count.tokens(question)),
        ].filter { $0.tokens > 0 }
    }
}
