import Foundation
import LoreChat
import LoreCore
import LoreEmbedding
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
    ///   - question: The user's own words.
    ///   - meaning: Nil where words alone must do.
    ///   - limit: Passages at most.
    ///   - notices: What is to be said with the answer.
    /// - Returns: The answer, each quote checked against its file.
    /// - Throws: `StoreError`, `EmbeddingError`.
    func answer(
        _ question: String, meaning: Retriever.Meaning?, limit: Int, notices: [String]
    ) async throws -> Answer {
        let start = ContinuousClock.now
        let found = try await find(question, meaning, limit)
        let citations = try await verified(found.sentences)
        return Answer(
            id: UUID().uuidString.lowercased(), conversationID: UUID().uuidString.lowercased(),
            question: question, standaloneQuestion: question,
            state: state(found.verdict, citations), confidence: found.verdict.confidence,
            text: AnswerSentence.answerText(found.sentences), citations: citations,
            passages: found.passages, model: Self.modelName, usage: .none,
            took: start.duration(to: .now), notices: notices)
    }

    /// What retrieval, gate and answerer make of a question.
    struct Found {
        let passages: [Hit]
        let verdict: GateVerdict
        /// Empty where the gate says no.
        let sentences: [AnswerSentence]
    }

    func find(
        _ text: String, _ meaning: Retriever.Meaning?, _ limit: Int
    ) async throws -> Found {
        let retrieved = try retrieved(text, meaning, limit)
        guard retrieved.verdict.answers else {
            return Found(passages: retrieved.passages, verdict: retrieved.verdict, sentences: [])
        }
        let sentences = try await ExtractiveAnswerer().sentences(
            terms: retrieved.terms, passages: retrieved.passages,
            meaning: questionMeaning(meaning))
        return Found(
            passages: retrieved.passages, verdict: retrieved.verdict, sentences: sentences)
    }

    /// The passages for a question, and whether they answer it.
    func retrieved(
        _ text: String, _ meaning: Retriever.Meaning?, _ limit: Int
    ) throws -> (passages: [Hit], terms: [QuestionTerm], verdict: GateVerdict) {
        let question = Retriever.Question(text: text, mode: .hybrid, meaning: meaning)
        return try store.read { reader in
            let ranking = try retriever.ranking(question, limit: limit, in: reader)
            let passages = try reader.hits(
                Array(ranking.chunks.prefix(limit)), severalFolders: files.folders.count > 1)
            let terms = ranking.terms.map(QuestionTerm.init)
            return (passages, terms, verdict(terms, passages.first))
        }
    }

    private func verdict(_ terms: [QuestionTerm], _ best: Hit?) -> GateVerdict {
        guard let best else { return .nothing }
        let cosine = best.explanation.first { $0.signal == RankFusion.cosine }?.raw
        return AnswerGate().verdict(GateEvidence(terms: terms, passage: best, cosine: cosine))
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
