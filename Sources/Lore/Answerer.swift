import Foundation
import LoreChat
import LoreCore
import LoreEmbedding
import LoreLinearAlgebra
import LoreSearch
import LoreStore

/// Answers a question: retrieves, asks the gate, chooses sentences, checks every quote.
struct Answerer {
    /// The answerer that is built in.
    static let modelName = "extractive"

    let store: Store
    let retriever: Retriever
    let files: NoteFiles
    let embedder: LocalEmbedder?

    /// The answer of the notes.
    ///
    /// - Parameters:
    ///   - question: The user's own words, what they mean, and which notes are asked.
    ///   - limit: Passages at most.
    ///   - notices: What is to be said with the answer.
    /// - Returns: The answer, each quote checked against its file.
    /// - Throws: `StoreError`, `EmbeddingError`.
    func answer(
        _ question: Retriever.Question, limit: Int, notices: [String]
    ) async throws -> Answer {
        let start = ContinuousClock.now
        let found = try await find(question, limit)
        let citations = try await verified(found.sentences)
        let state = state(found.verdict, citations)
        return Answer(
            id: UUID().uuidString.lowercased(), conversationID: UUID().uuidString.lowercased(),
            question: question.text, standaloneQuestion: question.text,
            state: state, confidence: found.verdict.confidence,
            text: AnswerSentence.answerText(found.sentences), citations: citations,
            passages: found.passages, model: Self.modelName, usage: .none,
            took: start.duration(to: .now),
            notices: notices
                + (state == .notFound ? filterNotice(found.passing) : found.notices))
    }

    /// That a filter kept notes out may be why they do not say.
    private func filterNotice(_ passing: Int?) -> [String] {
        guard let passing else { return [] }
        return ["the filter was on: " + SearchResult.sentence(passing: passing)]
    }

    /// What retrieval, gate and answerer make of a question.
    struct Found {
        let passages: [Hit]
        let verdict: GateVerdict
        /// Empty where the gate says no.
        var sentences: [AnswerSentence] = []
        /// Notes that pass the filter; nil where there is none.
        let passing: Int?
        /// Which words no note holds, and what was looked for instead.
        let notices: [String]
    }

    func find(_ question: Retriever.Question, _ limit: Int) async throws -> Found {
        let retrieved = try await Parallel.offPool { try self.retrieved(question, limit) }
        var found = Found(
            passages: retrieved.passages, verdict: retrieved.verdict,
            passing: retrieved.ranking.passing, notices: retrieved.ranking.notices)
        guard retrieved.verdict.answers else { return found }
        found.sentences = try await ExtractiveAnswerer().sentences(
            terms: retrieved.ranking.terms.map(QuestionTerm.init), passages: retrieved.passages,
            meaning: questionMeaning(question.meaning))
        return found
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
        return gate.verdict(
            GateEvidence(
                terms: terms, passage: best,
                cosine: best.explanation.first { $0.signal == RankFusion.cosine }?.raw,
                nearest: ranking.nearest,
                doubt: gate.settings.doubt * ranking.matches.unseenWeight))
    }

    private func questionMeaning(_ meaning: Retriever.Meaning?) -> QuestionMeaning? {
        guard let meaning, let embedder else { return nil }
        return QuestionMeaning(vector: meaning.vector, embedder: embedder)
    }

    private func verified(_ sentences: [AnswerSentence]) async throws -> [Citation] {
        let citations = sentences.map { sentence in
            Citation(
                number: sentence.number, folder: sentence.passage.folder,
                path: sentence.passage.path, range: sentence.range,
                page: sentence.passage.pages.page(at: sentence.range.bytes.lowerBound),
                quote: sentence.quote, verified: false, chunkID: sentence.passage.chunk.id)
        }
        let files = files
        return try await CitationVerifier { folder, path in
            // A file that is gone or out of reach verifies nothing; the answer says so.
            try? await files.text(folder: folder, shownPath: path)
        }.verified(citations)
    }

    private func state(_ verdict: GateVerdict, _ citations: [Citation]) -> AnswerState {
        guard verdict.answers, !citations.isEmpty else { return .notFound }
        return citations.allSatisfy(\.verified) ? .grounded : .ungrounded
    }
}

extension QuestionTerm {
    fileprivate init(_ term: LexicalTerm) {
        self.init(text: term.text, weight: term.chunkWeight)
    }
}
