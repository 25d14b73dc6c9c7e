import LoreChat
import LoreCore
import LoreEmbedding
import LoreLinearAlgebra
import LoreSearch
import LoreStore

/// Finds what answers a question: retrieves, asks the gate, chooses sentences.
struct Answerer {
    let store: Store
    let retriever: Retriever
    let files: NoteFiles
    let embedder: NoteEmbedder?

    /// What retrieval, gate and answerer make of a question.
    struct Found {
        let passages: [Hit]
        let verdict: GateVerdict
        /// Empty where the gate says no.
        var sentences: [AnswerSentence] = []
    }

    func find(_ question: Retriever.Question, _ limit: Int) async throws -> Found {
        let retrieved = try await Parallel.offPool { try self.retrieved(question, limit) }
        var found = Found(
            passages: retrieved.passages, verdict: retrieved.verdict)
        guard retrieved.verdict.answers else { return found }
        found.sentences = try await sentences(
            question, retrieved.ranking, passages: retrieved.passages)
        return found
    }

    /// The sentences of `passages` that answer.
    func sentences(
        _ question: Retriever.Question, _ ranking: Retriever.Ranking, passages: [Hit]
    ) async throws -> [AnswerSentence] {
        try await ExtractiveAnswerer().sentences(
            terms: ranking.terms.map(QuestionTerm.init), passages: passages,
            meaning: questionMeaning(question.meaning))
    }

    /// The passages for a question, and whether they answer it.
    func retrieved(
        _ question: Retriever.Question, _ limit: Int
    ) throws -> (passages: [Hit], ranking: Retriever.Ranking, verdict: GateVerdict) {
        try store.read { try retrieved(question, limit, in: $0) }
    }

    func retrieved(
        _ question: Retriever.Question, _ limit: Int, in reader: StoreReader
    ) throws -> (passages: [Hit], ranking: Retriever.Ranking, verdict: GateVerdict) {
        let (passages, ranking) = try retriever.hits(question, limit: limit, in: reader)
        let terms = ranking.terms.map(QuestionTerm.init)
        return (passages, ranking, verdict(ranking, terms, passages.first?.best))
    }

    private func verdict(
        _ ranking: Retriever.Ranking, _ terms: [QuestionTerm], _ best: Hit?
    ) -> GateVerdict {
        guard let best else { return .nothing }
        let gate = AnswerGate()
        let cosine = best.explanation.first { $0.signal == RankFusion.cosine }?.raw
        let doubt = cosine == nil ? 0 : gate.settings.doubt * ranking.matches.unseenWeight
        return gate.verdict(
            GateEvidence(
                terms: terms, passage: best, cosine: cosine, nearest: ranking.nearest,
                doubt: doubt))
    }

    private func questionMeaning(_ meaning: Retriever.Meaning?) -> QuestionMeaning? {
        guard let meaning, let embedder else { return nil }
        return QuestionMeaning(vector: meaning.vector, embedder: embedder)
    }
}

extension QuestionTerm {
    fileprivate init(_ term: LexicalTerm) {
        self.init(text: term.text, weight: term.chunkWeight)
    }
}
