public import ArgumentParser
public import Lore
import LoreCore
import LoreServer

extension HistoryChoice: ExpressibleByArgument {}

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

    @Flag(name: .customShort("c"), help: "Go on with the last conversation.")
    var goesOn = false

    @Option(help: "Go on with the conversation of this id, or of the id that begins so.")
    var conversation: String?

    @Option(help: "What of earlier turns is sent: trim, window, summarize or retrieve.")
    var history: HistoryChoice?

    @Option(help: "US dollars that models may cost for this answer.") var maxCost: Double?

    @Option(
        help: "Answer with JSON that fits the JSON Schema in this file.",
        completion: .file(extensions: ["json"]))
    var schema: String?

    @Flag(help: "Show the answer when it is whole.") var noStream = false

    @Flag(help: "Ask the model even where an equal request was answered before.")
    var noCache = false

    @Flag(help: "Show on stderr what the model is sent.") var showContext = false

    @OptionGroup var writing: WritingOptions

    @OptionGroup var filterOption: FilterOption

    @OptionGroup var syncOption: SyncOption

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if goesOn && conversation != nil {
            throw ValidationError("-c and --conversation exclude each other")
        }
        if let maxCost, !(maxCost >= 0) { throw ValidationError("--max-cost is below 0") }
        if writing.strict == true, schema != nil {
            throw ValidationError("--strict and --schema exclude each other")
        }
    }

    func run() async throws {
        let filter = try filterOption.filter()
        let form = try schema.map(AnswerForm.value(ofSchemaIn:)) ?? writing.form
        let knowledgeBase = try await global.knowledgeBase()
        try await syncOption.bringChanges(into: knowledgeBase, embeds: true, global)
        let request = request(filter, form, attachment: attachment(for: knowledgeBase))
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
        global.say(rendering.account(of: answer))
        if answer.state == .notFound { throw Finished(status: .notFound) }
    }

    private func request(
        _ filter: Filter?, _ form: AnswerForm?, attachment: String?
    ) -> AskRequest {
        var request = AskRequest(
            question.joined(separator: " "), model: model, passages: passages, filter: filter,
            maxTokens: maxTokens, attachment: attachment,
            conversation: goesOn ? .latest : conversation.map { .named($0) } ?? .new)
        request.form = form
        request.history = history
        request.maxCost = maxCost
        request.usesNoteTools = writing.tools
        request.usesKeptReplies = !noCache
        return request
    }

    /// The answer, shown as it comes; Ctrl-C ends the model's request.
    private func answer(
        _ request: AskRequest, _ rendering: AnswerRendering
    ) async throws -> Answer {
        do {
            return try await Interrupted.cancelling { try await rendering.answer(to: request) }
        } catch let interrupted as Interrupted {
            // What there was of the answer is kept.
            global.say(await rendering.knowledgeBase.settle())
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
