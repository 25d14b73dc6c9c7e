import LoreChat
import LoreCore

/// Writes an answer from passages.
protocol AnswerWriter: Sendable {
    /// The model's name.
    var name: String { get }
    /// Whether what it reads stays on this machine.
    var isOnThisMachine: Bool { get }
    /// Whether it can look further into the notes than the passages it is given.
    var looksFurther: Bool { get }

    /// What it writes; sources, context and text are told as they come.
    func write(
        _ material: AnswerMaterial, telling tell: @escaping @Sendable (AnswerEvent) -> Void
    ) async throws -> WrittenAnswer
}

extension AnswerWriter {
    var looksFurther: Bool { false }
}

/// What an answer is made from.
struct AnswerMaterial: Sendable {
    let request: AskRequest
    let conversationID: String
    /// Earlier turns of the conversation, in their order.
    var turns: [ConversationTurn] = []
    /// The question with what they said filled in.
    let standaloneQuestion: String
    let question: Retriever.Question
    let answerer: Answerer
    let ranking: Retriever.Ranking
    /// None where the gate is closed.
    let sendable: SendablePassages
    /// Told of more notes that the answer is made from, before a word of it is written.
    var drawsOn: @Sendable ([NoteOrigin]) -> Void = { _ in }

    /// Best first.
    var passages: [Hit] { sendable.passages }
    /// Whether all that was found stays on this machine, and the model elsewhere.
    var isHeldBack: Bool { passages.isEmpty && sendable.heldBack > 0 }
}

/// An answer whose quotes are not checked yet.
struct WrittenAnswer: Sendable {
    var text: String
    var citations: [Citation]
    var passages: [Hit]
    /// Whether each statement carries a citation.
    var isCitedThroughout: Bool
    /// Whether it says that the passages do not answer.
    var saysNothing: Bool
    /// Whether it is a value of the user's own form.
    var isValue = false
    /// Whether it names passages and says nothing.
    var isMarksAlone = false
    /// Whether all it says is the question.
    var isEcho = false
    var finish = FinishReason.stop
    /// Whether no model was asked, since an equal request was answered before.
    var isCached = false
    /// What the model had run.
    var trace: [ToolStep] = []
    /// Passages of local-only notes that its tools found and the model was not sent.
    var heldBack = 0
    var notices: [String] = []
}
