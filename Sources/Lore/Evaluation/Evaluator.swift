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
        let meanings = try await meanings(of: set.questions, reranker: reranker.model)
        let modes = meanings.isEmpty ? request.modes.filter { $0 == .lexical } : request.modes
        var figures: [SearchMode: RankingFigures] = [:]
        var run: [RunLine] = []
        var comparison: BaselineComparison?
        for mode in modes {
            let lines = try rankings(mode, meanings)
            let metrics = judged(lines)
            figures[mode] = RankingFigures(metrics, Self.resampling)
            guard mode == modes.first else { continue }
            run = lines.flatMap { $0 }
            comparison = compared(metrics, mode)
        }
        let answers = request.recordsAnswers ? try await answered(meanings) : []
        let report = EvaluationReport(
            set: set.name, documents: documents.count, queries: set.judgedQuestions.count,
            modes: figures, comparison: comparison, answers: answerFigures(answers),
            refusal: try await refusal(meanings), took: start.duration(to: .now),
            notices: reranker.notices + notices(hasModel: !meanings.isEmpty, comparison))
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

    /// What each question means, by its id; empty where there is no model.
    private func meanings(
        of questions: [EvaluationSet.Question], reranker: CrossEncoder?
    ) async throws -> [String: Retriever.Meaning] {
        let name = knowledgeBase.configuration.embeddingModel(for: nil)
        guard let embedder = try await knowledgeBase.models.embedderIfInstalled(named: name)
        else {
            return [:]
        }
        let batch = try await embedder.embed(questions.map(\.text), as: .query)
        let meanings = questions.indices.map {
            Retriever.Meaning(
                vector: Array(batch[$0]), fingerprint: embedder.fingerprint, reranker: reranker)
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

    /// What each judged question's ranking is worth.
    private func judged(_ rankings: [[RunLine]]) -> [RetrievalMetrics] {
        zip(set.judgedQuestions, rankings).map { question, lines in
            RetrievalMetrics(
                of: lines.map { RankedDocument(id: $0.document, score: $0.score) },
                judgements: set.judgements[question.id] ?? [:])
        }
    }
}
