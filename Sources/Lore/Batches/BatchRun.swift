import Foundation
import LoreChat
import LoreCore
import LoreProviders
import LoreStore

/// A kept batch: sends it where it was not, fetches its replies, and makes its answers.
///
/// Each step leaves the index as it should be, and the next finds by what is missing where to go on.
struct BatchRun {
    let knowledgeBase: KnowledgeBase
    private(set) var batch: StoredBatch
    private(set) var questions: [Question]

    /// A kept question, read.
    struct Question {
        let kept: StoredBatchQuestion
        let context: BatchContext
        let reply: BatchReply?

        var number: Int { kept.number }
        var isPending: Bool { context.prompt != nil && reply == nil }
    }

    init(_ batch: StoredBatch, of knowledgeBase: KnowledgeBase) throws {
        self.knowledgeBase = knowledgeBase
        self.batch = batch
        questions = []
        try read()
    }

    private mutating func read() throws {
        let decoder = JSONDecoder()
        let id = batch.id
        questions = try knowledgeBase.opened.reader().read { try $0.questions(ofBatch: id) }.map {
            Question(
                kept: $0,
                context: try decoder.decode(BatchContext.self, from: Data($0.context.utf8)),
                reply: try $0.reply.map {
                    try decoder.decode(BatchReply.self, from: Data($0.utf8))
                })
        }
    }

    private var pending: [Question] { questions.filter(\.isPending) }

    /// How far it is, as the index knows.
    var summary: BatchSummary {
        let failed = questions.count { $0.reply?.failure != nil }
        let state: BatchSummary.State =
            pending.isEmpty ? .done : batch.remoteID == nil ? .unsent : .running
        return BatchSummary(
            id: batch.id, provider: String(batch.model.prefix { $0 != ":" }), model: batch.model,
            madeAt: batch.madeAt, state: state, questions: questions.count,
            answered: questions.count - pending.count - failed, failed: failed)
    }

    /// The summary where it cannot be told whether the provider has the batch.
    private var undecided: BatchSummary {
        var summary = summary
        summary.state = .undecided
        return summary
    }

    /// How far it is, as the provider says.
    mutating func status() async throws -> BatchSummary {
        guard !pending.isEmpty, let remote = try remoteBatches() else { return summary }
        guard let id = batch.remoteID else {
            if case .undecided = try await find(in: remote) { return undecided }
            return summary
        }
        var summary = summary
        let status = try await remote.status(of: id)
        summary.answered += status.succeeded
        summary.failed += status.failed
        return summary
    }

    /// Brings in what there is, sending what was not sent.
    mutating func advance() async throws -> BatchSummary {
        guard !pending.isEmpty else { return summary }
        guard let remote = try remoteBatches() else {
            try await askOneByOne()
            try await enter(answers())
            return summary
        }
        if batch.remoteID == nil {
            switch try await find(in: remote) {
            case .found: break
            case .absent: return try await send(to: remote)
            case .undecided: return undecided
            }
        }
        if let id = batch.remoteID,
            let results = try await remote.results(of: id, label: batch.id)
        {
            try keep(pending.map { try row($0, results["\($0.number)"], remote.profile) })
            try await enter(answers())
        }
        return summary
    }

    /// Sends what awaits replies, as one batch.
    ///
    /// - Throws: `ProviderError`; the batch is forgotten where the provider surely did not take it
    ///   and no question of it is answered.
    mutating func send(to remote: RemoteBatches) async throws -> BatchSummary {
        try holdBackLocalOnly()
        guard !pending.isEmpty else { return summary }
        let requests = pending.compactMap { question in
            question.context.prompt.map {
                BatchRequest(id: "\(question.number)", request: $0.request)
            }
        }
        try await setAside(for: requests)
        let sent = try await submit(requests, to: remote)
        try keep(remoteID: sent.id)
        var summary = summary
        summary.notices = sent.notices.map(\.description)
        return summary
    }

    /// Answers with a failure what would be sent of notes that have become local-only since it was asked.
    private mutating func holdBackLocalOnly() throws {
        let model = try answeringModel()
        guard !model.isOnThisMachine else { return }
        let localOnly = LocalOnly(knowledgeBase.configuration)
        let held = try knowledgeBase.opened.reader().read { reader in
            try pending.compactMap { question in
                try question.context.prompt?.origins.first {
                    try localOnly.isLocalOnly($0.path, in: $0.folder, reader)
                }.map { (question, note: $0.path) }
            }
        }
        guard !held.isEmpty else { return }
        try keep(
            held.map { question, note in
                let failure = ProviderError.refusedLocalOnly(host: model.name, path: note)
                return (question, try BatchReply(failure: failure).kept(), nil)
            })
    }

    func answeringModel() throws -> AnsweringModel {
        try knowledgeBase.answeringInBatch(batch.model)
    }

    func remoteBatches() throws -> RemoteBatches? {
        try knowledgeBase.models.remote.batches(of: batch.model)
    }

    /// For a provider without batches: each question by itself, its reply kept as it comes.
    mutating func askOneByOne() async throws {
        try holdBackLocalOnly()
        let model = try answeringModel().model
        for question in pending {
            guard let prompt = question.context.prompt else { continue }
            do {
                let reply = try await model.reply(to: prompt.request)
                let cost = model.remote.cost(of: reply.usage)
                // The ledger has entered it already.
                try keep([(question, try BatchReply(reply, cost: cost).kept(), nil)])
            } catch let error as ProviderError where error.isOfOneRequest {
                try keep([(question, try BatchReply(failure: error).kept(), nil)])
            }
        }
    }

    private mutating func find(in remote: RemoteBatches) async throws -> FoundBatch {
        let since = (try? Date(batch.madeAt, strategy: .iso8601)) ?? .distantPast
        let found = try await remote.find(
            label: batch.id, count: pending.count, since: since)
        if case .found(let id) = found { try keep(remoteID: id) }
        return found
    }

    private mutating func keep(remoteID: String) throws {
        let id = batch.id
        try knowledgeBase.opened.keep { try $0.keep(remoteID: remoteID, ofBatch: id) }
        batch.remoteID = remoteID
    }

    private mutating func keep(_ rows: [(Question, reply: String, call: ModelCall?)]) throws {
        let id = batch.id
        try knowledgeBase.opened.keep { store in
            try store.keep(
                rows.map { (number: $0.0.number, reply: $0.reply, call: $0.call) }, ofBatch: id)
        }
        try read()
    }

    /// What `result` is kept as, at the batch price.
    private func row(
        _ question: Question, _ result: Result<ChatReply, ProviderError>, _ profile: ModelProfile
    ) throws -> (Question, reply: String, call: ModelCall?) {
        switch result {
        case .failure(let error): return (question, try BatchReply(failure: error).kept(), nil)
        case .success(let reply):
            let cost = profile.prices?.batchCost(of: reply.usage)
            let call = ModelCall(
                at: knowledgeBase.time.stamp, purpose: .batch, model: batch.model,
                usage: reply.usage, cost: cost)
            return (question, try BatchReply(reply, cost: cost).kept(), call)
        }
    }

    /// The answers in the order of the questions, each citation checked against its file.
    func answers() async throws -> [BatchAnswer] {
        let files = try NoteFiles(knowledgeBase.opened.reader(), knowledgeBase.configuration)
        var answers: [BatchAnswer] = []
        for question in questions {
            let result: Result<Answer, BatchFailure> =
                if let failure = question.reply?.failure {
                    .failure(BatchFailure(description: failure))
                } else {
                    .success(try await answer(question, files))
                }
            answers.append(
                BatchAnswer(
                    id: question.kept.name, question: question.kept.question, result: result))
        }
        return answers
    }

    /// Enters the answers in the history, as the turns of a conversation.
    private func enter(_ answers: [BatchAnswer]) async throws {
        for (question, answer) in zip(questions, answers) {
            guard case .success(let answer) = answer.result else { continue }
            let turn = OpenedTurn(
                conversationID: batch.id, answerID: answer.id, askedAt: batch.madeAt,
                question: answer.question, standaloneQuestion: answer.standaloneQuestion,
                model: answer.model)
            try knowledgeBase.opened.keep { store in
                try store.open(turn)
                try store.keep(question.context.prompt?.origins ?? [], ofAnswer: answer.id)
                try store.close(answer)
            }
        }
    }

    private func answer(_ question: Question, _ files: NoteFiles) async throws -> Answer {
        let passages = question.context.passages.compactMap(\.hit)
        let written = try written(question, passages)
        let citations = try await files.verified(written.citations)
        let state = written.state(citing: citations)
        return Answer(
            id: "\(batch.id)-\(question.number)", conversationID: batch.id,
            question: question.kept.question,
            standaloneQuestion: question.context.standaloneQuestion, state: state,
            confidence: question.context.confidence, text: written.text, citations: citations,
            passages: passages, model: batch.model, usage: question.reply?.usage ?? .none,
            finish: written.finish, took: .zero,
            notices: written.notices + (state == .ungrounded ? written.doubts : []))
    }

    private func written(_ question: Question, _ passages: [Hit]) throws -> WrittenAnswer {
        guard let reply = question.reply else { return .none(passages) }
        var stream = AnswerTextStream(
            passages: passages.count, knowing: question.context.prompt.map { [$0.turn] } ?? [])
        _ = stream.read(reply.text)
        _ = stream.finish()
        let writer = ModelWriter(model: try answeringModel())
        return writer.answer(
            stream.cited, [reply.reply], from: passages, leftOut: question.context.leftOut,
            to: question.context.standaloneQuestion)
    }
}
