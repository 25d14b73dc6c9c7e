import LoreChat
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
    /// What the first mode is compared with.
    let baseline: BaselineRun?
    let progress: @Sendable (EvaluationProgress) -> Void

    /// Documents of a ranking that are judged.
    private static let depth = 100
    private static let resampling = Resampling()

    /// Ranks and judges, and answers if `request` asks for it.
    func run(_ request: EvaluationRequest) async throws -> Evaluation {
        let start = ContinuousClock.now
        let reranker = try knowledgeBase.models.reranker()
        let meanings = try await meanings(reranker: reranker.model)
        let modes = meanings == nil ? request.modes.filter { $0 == .lexical } : request.modes
        var figures: [SearchMode: RankingFigures] = [:]
        var run: [RunLine] = []
        var comparison: BaselineComparison?
        for mode in modes {
            let questions = set.judgedQuestions
            let lines = try rankings(
                of: questions, asked: questions.map(\.standalone), mode, meanings)
            let metrics = judged(questions, lines)
            figures[mode] = RankingFigures(metrics, Self.resampling)
            guard mode == modes.first else { continue }
            run = lines.flatMap { $0 }
            comparison = compared(metrics, mode)
        }
        let answers = request.recordsAnswers ? try await answered(meanings) : []
        let report = EvaluationReport(
            set: set.name, documents: documents.count, queries: set.judgedQuestions.count,
            modes: figures, comparison: comparison, answers: answerFigures(answers),
            refusal: try await refusal(meanings),
            followUp: try modes.first.flatMap { try followUp($0, meanings) },
            took: start.duration(to: .now),
            notices: reranker.notices + notices(hasModel: meanings != nil, comparison))
        return Evaluation(report: report, run: run, answers: answers)
    }

    private func notices(hasModel: Bool, _ comparison: BaselineComparison?) -> [String] {
        var notices: [String] = []
        if !hasModel {
            notices.append(
                Models.missing(knowledgeBase.configuration.embeddingModel(for: nil)))
        }
        if let comparison, comparison.unranked > 0 {
            notices.append(
                "'\(comparison.file)' ranks nothing for \(comparison.unranked) of "
                    + "\(set.judgedQuestions.count) questions; they count as 0 there")
        }
        return notices
    }

    private func compared(
        _ metrics: [RetrievalMetrics], _ mode: SearchMode
    ) -> BaselineComparison? {
        baseline.map { BaselineComparison(metrics, mode: mode, baseline: $0, set, Self.resampling) }
    }

    /// What each question means; nil where there is no model.
    private func meanings(reranker: CrossEncoder?) async throws -> EvaluationMeanings? {
        let name = knowledgeBase.configuration.embeddingModel(for: nil)
        guard let embedder = try await knowledgeBase.models.embedderIfInstalled(named: name)
        else {
            return nil
        }
        let bare = set.judgedQuestions.map { StandaloneQuestion($0.text) }
        return try await EvaluationMeanings(
            of: bare + set.questions.map(\.standalone), by: embedder, reranker: reranker)
    }

    /// The rankings of `questions` in the words of `asked`, in their order.
    func rankings(
        of questions: [EvaluationSet.Question], asked: [StandaloneQuestion], _ mode: SearchMode,
        _ meanings: EvaluationMeanings?
    ) throws -> [[RunLine]] {
        try knowledgeBase.opened.reader().read { reader in
            try zip(questions, asked).enumerated().map { index, pair in
                let chunks = try chunks(
                    Retriever.Question(pair.1, mode: mode, meaning: meanings?[pair.1]), in: reader)
                progress(
                    EvaluationProgress(
                        phase: mode.rawValue, done: index + 1, total: questions.count))
                return lines(of: chunks, pair.0.id)
            }
        }
    }

    /// Chunks of as many documents as are judged, reranked where a reranker is set; all where there
    /// are fewer.
    private func chunks(
        _ question: Retriever.Question, in reader: StoreReader
    ) throws -> [RankedChunk] {
        let retriever = knowledgeBase.retriever
        var limit = Self.depth
        while true {
            let ranking = try retriever.fused(question, limit: limit, in: reader)
            let documents = Set(ranking.chunks.map(\.document)).count
            if documents >= Self.depth || ranking.chunks.count < limit {
                return try retriever.reranked(ranking, question, in: reader).chunks
            }
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

    /// What each question's ranking is worth.
    func judged(
        _ questions: [EvaluationSet.Question], _ rankings: [[RunLine]]
    ) -> [RetrievalMetrics] {
        zip(questions, rankings).map { question, lines in
            RetrievalMetrics(
                of: lines.map { RankedDocument(id: $0.document, score: $0.score) },
                judgements: set.judgements[question.id] ?? [:])
        }
    }
}
