import LoreCore
import LoreEmbedding
import LoreSearch
import LoreStore

/// Measures how well the documents of a set are found and its questions answered.
struct Evaluator {
    let set: EvaluationSet
    /// Its index holds the set's documents.
    let knowledgeBase: KnowledgeBase
    /// Ids of the set's documents, by their rows.
    let documents: [Int64: String]
    let progress: @Sendable (EvaluationProgress) -> Void

    /// Documents of a ranking that are judged.
    private static let depth = 100

    /// Ranks and judges, and answers if `request` asks for it.
    func run(_ request: EvaluationRequest) async throws -> Evaluation {
        let start = ContinuousClock.now
        let meanings = try await meanings(of: set.questions)
        let modes = meanings.isEmpty ? request.modes.filter { $0 == .lexical } : request.modes
        var figures: [SearchMode: RankingFigures] = [:]
        var run: [RunLine] = []
        for mode in modes {
            let lines = try rankings(mode, meanings)
            figures[mode] = judged(lines)
            if mode == modes.first { run = lines.flatMap { $0 } }
        }
        let answers = request.recordsAnswers ? try await answered(meanings) : []
        let missing = Models.missing(knowledgeBase.configuration.embeddingModel(for: nil))
        let report = EvaluationReport(
            set: set.name, documents: documents.count, queries: set.judgedQuestions.count,
            modes: figures, answers: answerFigures(answers), refusal: try await refusal(meanings),
            took: start.duration(to: .now), notices: meanings.isEmpty ? [missing] : [])
        return Evaluation(report: report, run: run, answers: answers)
    }

    /// What each question means, by its id; empty where there is no model.
    private func meanings(
        of questions: [EvaluationSet.Question]
    ) async throws -> [String: Retriever.Meaning] {
        let name = knowledgeBase.configuration.embeddingModel(for: nil)
        guard let embedder = try knowledgeBase.models.embedderIfInstalled(named: name) else {
            return [:]
        }
        let batch = try await embedder.embed(questions.map(\.text), as: .query)
        let meanings = questions.indices.map {
            Retriever.Meaning(vector: Array(batch[$0]), fingerprint: embedder.fingerprint)
        }
        return Dictionary(
            zip(questions.map(\.id), meanings), uniquingKeysWith: { first, _ in first })
    }

    /// The judged questions' rankings, in their order.
    private func rankings(
        _ mode: SearchMode, _ meanings: [String: Retriever.Meaning]
    ) throws -> [[RunLine]] {
        let questions = set.judgedQuestions
        return try knowledgeBase.opened.reader().read { reader in
            try questions.enumerated().map { index, question in
                let asked = Retriever.Question(
                    text: question.text, mode: mode, meaning: meanings[question.id])
                let chunks = try chunks(asked, in: reader)
                progress(
                    EvaluationProgress(
                        phase: mode.rawValue, done: index + 1, total: questions.count))
                return lines(of: chunks, question.id)
            }
        }
    }

    /// Chunks of as many documents as are judged; all where there are fewer.
    private func chunks(
        _ question: Retriever.Question, in reader: StoreReader
    ) throws -> [RankedChunk] {
        var limit = Self.depth
        while true {
            let chunks = try knowledgeBase.retriever.ranking(question, limit: limit, in: reader)
                .chunks
            let documents = Set(chunks.map(\.document)).count
            if documents >= Self.depth || chunks.count < limit { return chunks }
            limit *= 4
        }
    }

    /// A document's score is that of its best chunk.
    private func lines(of chunks: [RankedChunk], _ question: String) -> [RunLine] {
        var seen: Set<Int64> = []
        let best = chunks.filter { seen.insert($0.document).inserted }.prefix(Self.depth)
        return best.enumerated().compactMap { index, chunk in
            documents[chunk.document].map {
                RunLine(question: question, document: $0, rank: index + 1, score: chunk.score)
            }
        }
    }

    private func judged(_ rankings: [[RunLine]]) -> RankingFigures {
        let metrics = zip(set.judgedQuestions, rankings).map { question, lines in
            RetrievalMetrics(
                of: lines.map { RankedDocument(id: $0.document, score: $0.score) },
                judgements: set.judgements[question.id] ?? [:])
        }
        let mean = RetrievalMetrics.mean(metrics)
        return RankingFigures(
            ndcg10: mean.ndcg10, recall10: mean.recall10, recall100: mean.recall100,
            mrr10: mean.mrr10)
    }
}
