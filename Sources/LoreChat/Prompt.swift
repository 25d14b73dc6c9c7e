package import LoreCore

/// What a model is sent: the program's instructions, earlier turns, and one with passages and question.
package struct Prompt: Hashable, Sendable {
    /// A part of what is sent, for a person who wants to know.
    package struct Part: Hashable, Sendable {
        package let name: String
        package let tokens: Int
    }

    /// The same for every question.
    package let system: String
    /// What the model may call.
    package let tools: [ToolDefinition]
    /// Passages first, the question last.
    package let turn: String
    /// What goes before it of earlier turns.
    package let history: ChatHistory
    /// What was sent, numbered from 1.
    package let passages: [Hit]
    /// Passages that did not fit.
    package let leftOut: Int
    package let parts: [Part]
    /// Room for the answer, in tokens.
    package let outputTokens: Int

    /// Whether there is anything that could give way.
    package var canShrink: Bool { !passages.isEmpty || history != .none }

    package var messages: [ChatMessage] { history.messages(before: turn) }

    /// All that the model may repeat: passages, question, and what goes along of earlier turns.
    package var given: [String] { messages.map(\.text) }
}

/// A question that does not fit a model's window.
package enum PromptError: LoreError, Hashable {
    case tooLong(tokens: Int, window: Int)

    package var category: ErrorCategory { .invalidInput }

    package var message: String {
        switch self {
        case .tooLong(let tokens, let window):
            "the question has about \(tokens) tokens, and the model's window \(window)"
        }
    }

    package var hint: String { "ask something shorter, or choose a model with a larger window" }
}
