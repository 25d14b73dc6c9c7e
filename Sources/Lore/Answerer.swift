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
        return (passages, ranking, verdict(ranking, passages.first?.best))
    }

    /// What the gate says of `best`: the surer of what it says by the question's own words and by all
    /// that are looked for.
    private func verdict(_ ranking: Retriever.Ranking, _ best: Hit?) -> GateVerdict {
        guard let best else { return .nothing }
        let own = ranking.terms.filter { !$0.isCarried }
        let verdicts = [own, ranking.terms].map { verdict(ranking, $0, best) }
        return verdicts[0].confidence > verdicts[1].confidence ? verdicts[0] : verdicts[1]
    }

    private func verdict(
        _ ranking: Retriever.Ranking, _ terms: [LexicalTerm], _ best: Hit
    ) -> GateVerdict {
        let gate = AnswerGate()
        let cosine = best.explanation.first { $0.signal == RankFusion.cosine }?.raw
        let doubt = cosine == nil ? 0 : gate.settings.doubt * ranking.matches.unseenWeight
        return gate.verdict(
            GateEvidence(
                terms: terms.map(QuestionTerm.init), passage: best, cosine: cosine,
                nearest: ranking.nearest,
                doubt: doubt))
    }

    private func questionMeaning(_ meaning: Retriever.Meaning?) -> QuestionMeaning? {
        guard let meaning, let embedder else { return nil }
        return QuestionMeaning(vector: meaning.vector, embedder: embedder)
    }
}

extension QuestionTerm {
    init(_ term: LexicalTerm) {
        self.init(text: term.text, weight: term.chunkWeight)
    }
}
