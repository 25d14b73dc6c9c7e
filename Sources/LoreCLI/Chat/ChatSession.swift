import Foundation
import Lore
import LoreCore
import LoreServer
import Synchronization

/// A conversation with the notes: each line a question or a command, answered before the next is read.
struct ChatSession {
    let knowledgeBase: KnowledgeBase
    let reader: any LineReader
    let output: ChatOutput
    /// Nil: the model of the settings.
    var model: String?
    /// Nil until something was asked.
    private(set) var conversation: String?
    /// What the last answer cites.
    var sources: [Citation]?

    private let writing: WritingOptions?
    private let signals: ChatSignals
    /// Files that were said to have changed since indexing.
    private var changedFiles = 0

    /// A session that begins a conversation, or goes on with one.
    ///
    /// - Parameters:
    ///   - knowledgeBase: What answers.
    ///   - reader: Where the lines come from.
    ///   - output: Where they are answered.
    ///   - model: The chat model; nil: that of the settings.
    ///   - conversation: The id of one that was kept, or the beginning of it.
    ///   - writing: How a model writes; nil: as the settings say.
    /// - Throws: A `LoreError` where there is no such model, conversation, or index.
    init(
        of knowledgeBase: KnowledgeBase, reader: any LineReader, output: ChatOutput,
        model: String? = nil, conversation: String? = nil, writing: WritingOptions? = nil
    ) throws {
        (self.knowledgeBase, self.reader, self.output) = (knowledgeBase, reader, output)
        self.model = model
        self.writing = writing
        signals = ChatSignals(reader: reader)
        try knowledgeBase.checkChatModel(named: answering)
        guard let conversation else {
            _ = try knowledgeBase.folders()
            return
        }
        let (id, turns) = try knowledgeBase.turns(ofConversation: conversation)
        self.conversation = id
        sources = turns.last?.citations
        let count = turns.count == 1 ? "1 turn" : "\(turns.count) turns"
        output.say(["going on with conversation \(id), \(count); /expand shows them"])
    }

    /// The model that answers.
    var answering: String { model ?? knowledgeBase.configuration.model }

    /// Answers line by line until there are no more, or one says so; an error is told and gone on after.
    ///
    /// - Throws: `Finished` where a signal ends it.
    mutating func run() async throws {
        let (signals, reader) = (signals, reader)
        try await signals.listening {
            while let line = await reader.next() {
                guard try await goesOn(after: line) else { break }
            }
        }
    }

    private mutating func goesOn(after line: String) async throws -> Bool {
        do {
            guard let command = try SlashCommand(line) else {
                try await ask(line.trimmingCharacters(in: .whitespacesAndNewlines))
                return true
            }
            guard command != .quit else { return false }
            try await carryOut(command)
        } catch let error as any LoreError {
            output.tell(error)
        }
        return true
    }

    /// Forgets what was said, for the next question to begin a conversation.
    mutating func beginAnother() { (conversation, sources) = (nil, nil) }

    private func request(_ question: String) -> AskRequest {
        var request = AskRequest(
            question, model: model, conversation: conversation.map { .named($0) } ?? .new)
        request.usesNoteTools = writing?.tools
        request.form = writing?.form
        return request
    }

    private mutating func ask(_ question: String) async throws {
        guard !question.isEmpty else { return }
        let rendering = AnswerRendering(
            question: question, streams: !output.isJSON, showsContext: false,
            knowledgeBase: knowledgeBase, output: output.results, echo: echo)
        let request = request(question)
        let begun = Mutex<String?>(nil)
        let outcome = await outcome {
            try await rendering.answer(to: request) { id in begun.withLock { $0 = id } }
        }
        if case .success(let answer) = outcome { show(answer, rendering) }
        output.say(await knowledgeBase.settle())
        if let id = begun.withLock({ $0 }) { goOn(with: id) }
        if case .failure(let error) = outcome {
            try goOn(after: error, saying: "stopped; what there was of the answer is kept")
        }
    }

    /// The result of `body`, which Ctrl-C stops; nil where it did and the conversation goes on.
    func stoppable<Result: Sendable>(
        saying sentence: String, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result? {
        do {
            return try await signals.interruptible(body)
        } catch {
            if error is Interrupted { echo?.line() }
            try goOn(after: error, saying: sentence)
            return nil
        }
    }

    private var echo: Output? { reader.isInteractive ? output.notices : nil }

    private func outcome(
        of answering: @escaping @Sendable () async throws -> Answer
    ) async -> Result<Answer, any Error> {
        do {
            return .success(try await signals.interruptible(answering))
        } catch {
            return .failure(error)
        }
    }

    private mutating func show(_ answer: Answer, _ rendering: AnswerRendering) {
        if output.isJSON {
            output.results.jsonLine(AnswerBody(answer))
        } else {
            rendering.showEnd(of: answer)
        }
        sources = answer.citations
        output.say(answer.notices + rendering.account(of: answer))
        let changed = answer.changedSinceIndexing ?? changedFiles
        if changed != changedFiles { output.say(SyncOption.sentence(changed: changed)) }
        changedFiles = changed
    }

    /// Goes on with the conversation that a question began, unless it could not be kept.
    private mutating func goOn(with id: String) {
        // Why it could not was told.
        if (try? knowledgeBase.turns(ofConversation: id)) != nil { conversation = id }
    }

    /// Says that it goes on where the person stopped something; any other error is thrown on.
    private func goOn(after error: any Error, saying sentence: String) throws {
        guard let interrupted = error as? Interrupted else { throw error }
        guard reader.isInteractive && interrupted.signal == SIGINT else {
            throw Finished(status: interrupted.status)
        }
        output.say([sentence])
    }
}
