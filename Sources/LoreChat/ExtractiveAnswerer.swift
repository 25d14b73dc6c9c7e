package import LoreCore

/// What the question means, for comparing sentences with it.
package struct QuestionMeaning: Sendable {
    /// The question's vector, of unit norm.
    package let vector: [Float]
    /// The embedder that made it.
    package let embedder: any Embedder

    package init(vector: [Float], embedder: any Embedder) {
        self.vector = vector
        self.embedder = embedder
    }
}

/// Answers with the sentences of the passages that are most like the question, word for word.
///
/// score = z(cosine) + w · z(BM25 among the sentences) + p · (score of the passage − that of the
/// best), where z counts standard deviations from the mean of all sentences looked at. Without a
/// model the cosine is left out.
package struct ExtractiveAnswerer: Sendable {
    package let settings: AnswerSettings

    package init(settings: AnswerSettings = .standard) { self.settings = settings }

    /// The sentences that answer best, best first; fewer than wanted where others say the same.
    ///
    /// Whether the question should be answered at all is `AnswerGate`'s to say.
    ///
    /// - Parameters:
    ///   - terms: The telling words of the question.
    ///   - passages: What was retrieved, best first.
    ///   - meaning: nil where there is no model.
    /// - Returns: At most `settings.sentences` sentences, numbered from 1.
    /// - Throws: What the embedder throws.
    package func sentences(
        terms: [QuestionTerm], passages: [Hit], meaning: QuestionMeaning?
    ) async throws -> [AnswerSentence] {
        let passages = chunks(of: passages)
        let candidates = candidates(passages)
        guard !candidates.isEmpty else { return [] }
        let texts = candidates.map(\.text)
        let words = SentenceBM25(terms, k1: settings.k1, b: settings.b).scores(of: texts)
        var scores = standardized(words).map { $0 * settings.wordWeight }
        if let meaning {
            let cosines = standardized(try await cosines(of: texts, meaning))
            scores = zip(scores, cosines).map { $0 + $1 }
        }
        for index in scores.indices {
            let behind = passages[0].score - passages[candidates[index].passage].score
            scores[index] -= settings.passageWeight * behind
        }
        return chosen(candidates, scores).enumerated().map { place, index in
            presented(candidates[index], passages, score: scores[index], number: place + 1)
        }
    }

    /// The best chunks that the passages are made of, each with the score of its own, best first.
    private func chunks(of passages: [Hit]) -> [Hit] {
        let chunks = passages.flatMap(\.separated).enumerated()
        let sorted = chunks.sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }
        return sorted.prefix(settings.passages).map(\.element)
    }

    private struct Candidate {
        let passage: Int
        let sentence: Sentence
        let quote: String
        let text: String
    }

    /// Every sentence that could answer; headings only where there is nothing else.
    private func candidates(_ passages: [Hit]) -> [Candidate] {
        let all = passages.indices.flatMap { candidates(of: passages[$0], at: $0) }
        let body = all.filter { $0.sentence.kind != .heading }
        return body.isEmpty ? all : body
    }

    private func candidates(of passage: Hit, at index: Int) -> [Candidate] {
        let bytes = Array(passage.chunk.text.utf8)
        let all = SentenceSplitter.sentences(of: bytes).map { sentence in
            let quote = String(decoding: bytes[sentence.bytes], as: UTF8.self)
            let text = PlainSentence.text(of: quote, kind: sentence.kind)
            return Candidate(passage: index, sentence: sentence, quote: quote, text: text)
        }
        return all.filter { $0.sentence.kind != .rule && !$0.text.isEmpty }
    }

    private func cosines(
        of texts: [String], _ meaning: QuestionMeaning
    ) async throws -> [Double] {
        let batch = try await meaning.embedder.embed(texts, as: .passage)
        return (0..<batch.count).map { index in
            zip(batch[index], meaning.vector).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
    }

    /// Indices of the best that do not repeat one another; equals in the order of the passages.
    private func chosen(_ candidates: [Candidate], _ scores: [Double]) -> [Int] {
        let order = candidates.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
        var chosen: [Int] = []
        var said: [Set<[UInt8]>] = []
        for index in order where chosen.count < settings.sentences {
            let words = Set(WordScanner.stems(candidates[index].text.utf8))
            if said.contains(where: { repeats($0, words) }) { continue }
            chosen.append(index)
            said.append(words)
        }
        return chosen
    }

    private func repeats(_ left: Set<[UInt8]>, _ right: Set<[UInt8]>) -> Bool {
        let shared = Double(left.intersection(right).count)
        return shared >= settings.duplicateOverlap * Double(max(left.count, right.count))
    }

    private func presented(
        _ candidate: Candidate, _ passages: [Hit], score: Double, number: Int
    ) -> AnswerSentence {
        let passage = passages[candidate.passage]
        let range = passage.chunk.range.part(candidate.sentence.bytes, of: passage.chunk.text)
        return AnswerSentence(
            number: number, text: candidate.text, quote: candidate.quote, range: range,
            passage: passage, kind: candidate.sentence.kind, score: score)
    }
}
