import LoreChat
import LoreCore

/// A turn of a conversation.
func turn(
    _ number: Int, _ question: String, _ answer: String = "It is so.",
    state: AnswerState? = .grounded, citing citations: [Citation] = []
) -> ConversationTurn {
    ConversationTurn(
        number: number, answerID: "answer-\(number)", askedAt: "2026-11-25T10:00:00Z",
        question: question, standaloneQuestion: question, model: "test:scripted", state: state,
        answer: answer, citations: citations, usage: .none)
}

/// The `number`-th citation of an answer, of lines of a note.
func citation(_ number: Int, _ path: String, _ lines: ClosedRange<Int>) -> Citation {
    Citation(
        number: number, folder: "notes", path: path,
        range: SourceRange(bytes: 0..<1, lines: lines), page: nil, quote: "q", verified: true,
        chunkID: ChunkID(rawValue: 1))
}

extension HistoryRoom {
    /// So many tokens, a byte each.
    init(_ tokens: Int) { self.init(tokens: tokens, count: TokenCount { $0 }) }
}

extension ChatHistory {
    /// Tokens of a byte each, with 8 a message.
    var plainTokens: Int {
        let all = messages(before: "")
        return all.reduce(0) { $0 + $1.text.utf8.count } + 8 * (all.count - 1)
    }
}
