import LoreChat
import LoreCore
import LoreStore

extension Evaluator {
    /// What the answerer says to each question, in their order.
    func answered(_ meanings: EvaluationMeanings?) async throws -> [RecordedAnswer] {
        let answerer = try await answerer()
        var answers: [RecordedAnswer] = []
        for (index, question) in set.questions.enumerated() {
            let found = try await answerer.find(
                asked(question, meanings), knowledgeBase.configuration.passages)
            answers.append(
                RecordedAnswer(
                    id: question.id, state: found.sentences.isEmpty ? .notFound : .grounded,
                    confidence: found.verdict.confidence, sentences: found.sentences.map(\.text)))
            progress(
                EvaluationProgress(phase: "asking", done: index + 1, total: set.questions.count))
        }
        return answers
    }

    private func asked(
        _ question: EvaluationSet.Question, _ meanings: EvaluationMeanings?
    ) -> Retriever.Question {
        let standalone = question.standalone
        return Retriever.Question(standalone, mode: .hybrid, meaning: meanings?[standalone])
    }

    private func answerer() async throws -> Answerer {
        let name = knowledgeBase.configuration.embeddingModel(for: nil)
        let embedder = try await knowledgeBase.models.embedderIfInstalled(named: name)
        return try knowledgeBase.answerer(knowledgeBase.opened.reader(), embedder: embedder)
    }

    /// How often the sentences hold a gold answer; nil where no question has one.
    ///
    /// Questions that the documents do not answer are left out, also where the set knows an answer.
    func answerFigures(_ answers: [RecordedAnswer]) -> AnswerFigures? {
        let judged = zip(set.questions, answers).filter {
            !$0.0.answers.isEmpty && $0.0.isAnswerable != false
        }
        guard !judged.isEmpty else { return nil }
        func share(_ sentences: Int) -> Double {
            let holding = judged.count { question, answer in
                answer.sentences.prefix(sentences).contains {
                    AnswerNormalization.contains($0, anyOf: question.answers)
                }
            }
            return Double(holding) / Double(judged.count)
        }
        return AnswerFigures(
            questions: judged.count, firstSentence: share(1), threeSentences: share(3))
    }

    /// How the gate did; nil where the set does not say what is unanswerable.
    func refusal(_ meanings: EvaluationMeanings?) async throws -> RefusalFigures? {
        guard set.questions.contains(where: { $0.isAnswerable == false }) else { return nil }
        let answerer = try await answerer()
        let verdicts = try set.questions.map { question in
            try answerer.retrieved(
                asked(question, meanings), knowledgeBase.configuration.passages
            ).verdict
        }
        let judged = zip(set.questions, verdicts)
        let answerable = judged.filter { $0.0.isAnswerable ?? true }.map(\.1)
        let others = judged.filter { $0.0.isAnswerable == false }.map(\.1)
        guard !answerable.isEmpty else { return nil }
        return RefusalFigures(
            answerable: answerable.count, unanswerable: others.count,
            refusedOfUnanswerable: refused(others), refusedOfAnswerable: refused(answerable),
            auroc: auroc(answerable.map(\.confidence), over: others.map(\.confidence)))
    }

    private func refused(_ verdicts: [GateVerdict]) -> Double {
        Double(verdicts.count { !$0.answers }) / Double(verdicts.count)
    }
}

/// The share of pairs in which the positive scores above the negative, ties counted half.
///
/// - Complexity: O(*n* log *n*) for *n* scores.
/// - SeeAlso: Hanley and McNeil (1982), doi:10.1148/radiology.143.1.7063747
package func auroc(_ positives: [Double], over negatives: [Double]) -> Double {
    let sorted = negatives.sorted()
    func count(where isBefore: (Double) -> Bool) -> Int {
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(sorted[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
    let wins = positives.reduce(0.0) { total, score in
        let below = count { $0 < score }
        let equal = count { $0 <= score } - below
        return total + Double(below) + Double(equal) / 2
    }
    return wins / (Double(positives.count) * Double(negatives.count))
}
