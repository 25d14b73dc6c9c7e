import ArgumentParser
import Lore
import LoreCore
import LoreServer

struct AskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask", abstract: "Answer a question from the notes, with citations.",
        discussion: """
            A text on stdin goes to the model with the question, and is not indexed:
              cat report.txt | lore ask -m ollama:qwen3 "summarise the risks"
            """)

    @Argument(help: "The question; several arguments make one.") var question: [String]

    @Option(
        name: .shortAndLong,
        help: "The model that answers: provider:name, or extractive (default).")
    var model: String?

    @Option(
        name: .customShort("n", allowingJoined: true),
        help: "Passages the answer may draw on (default: 8).")
    var passages: Int?

    @Option(help: "Tokens of the answer at most (default: 1024).") var maxTokens: Int?

    @Flag(help: "Show the answer when it is whole.") var noStream = false

    @Flag(help: "Show on stderr what the model is sent.") var showContext = false

    @OptionGroup var filterOption: FilterOption

    @OptionGroup var syncOption: SyncOption

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let filter = try filterOption.filter()
        let knowledgeBase = try global.knowledgeBase()
        try await syncOption.bringChanges(into: knowledgeBase, embeds: true, global)
        let request = AskRequest(
            question.joined(separator: " "), model: model, passages: passages, filter: filter,
            maxTokens: maxTokens, attachment: attachment(for: knowledgeBase))
        let rendering = AnswerRendering(
            question: request.question, streams: !noStream && !global.json,
            showsContext: showContext, knowledgeBase: knowledgeBase)
        let answer = try await answer(request, rendering)
        if global.json {
            Output.standard.json(AnswerBody(answer))
        } else {
            rendering.showEnd(of: answer)
        }
        global.say(answer.notices + SyncOption.sentence(changed: answer.changedSinceIndexing))
        global.say(rendering.usage(of: answer).map { [$0] } ?? [])
        if answer.state == .notFound { throw Finished(status: .notFound) }
    }

    /// The answer, shown as it comes; Ctrl-C ends the model's request.
    private func answer(
        _ request: AskRequest, _ rendering: AnswerRendering
    ) async throws -> Answer {
        do {
            return try await Interrupted.cancelling { try await rendering.answer(to: request) }
        } catch let interrupted as Interrupted {
            throw Finished(status: interrupted.status)
        }
    }

    /// The text on stdin, for a model that reads it.
    private func attachment(for knowledgeBase: KnowledgeBase) -> String? {
        let isExtractive =
            (model ?? knowledgeBase.configuration.model) == Configuration.extractive
        guard !isExtractive else {
            if StandardInput.hasText { global.say([AskRequest.attachmentSentence]) }
            return nil
        }
        switch StandardInput.read() {
        case .none: return nil
        case .text(let text): return text
        case .nothingCame:
            global.say(["nothing came on stdin, so the question is asked without it"])
            return nil
        }
    }
}
