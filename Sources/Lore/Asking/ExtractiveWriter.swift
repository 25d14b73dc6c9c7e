import LoreChat
import LoreCore

/// Answers with the sentences of the notes that answer; needs no key and no network.
struct ExtractiveWriter: AnswerWriter {
    let name = Configuration.extractive
    let isOnThisMachine = true

    /// Its answers are strict by their nature, and no values.
    ///
    /// - Throws: `AnswerFormError.valueWithoutModel`.
    init(_ form: AnswerForm) throws {
        if case .value = form { throw AnswerFormError.valueWithoutModel }
    }

    func write(
        _ material: AnswerMaterial, telling tell: @escaping @Sendable (AnswerEvent) -> Void
    ) async throws -> WrittenAnswer {
        tell(
            .sources(
                standaloneQuestion: material.standaloneQuestion, passages: material.passages))
        let sentences = try await material.answerer.sentences(
            material.question, material.ranking, passages: material.passages)
        let text = AnswerSentence.answerText(sentences)
        if !text.isEmpty { tell(.text(text)) }
        return WrittenAnswer(
            text: text, citations: sentences.map(Citation.init), passages: material.passages,
            isCitedThroughout: true, saysNothing: sentences.isEmpty)
    }
}

extension Citation {
    fileprivate init(_ sentence: AnswerSentence) {
        self.init(
            number: sentence.number, folder: sentence.passage.folder, path: sentence.passage.path,
            range: sentence.range,
            page: sentence.passage.pages.page(at: sentence.range.bytes.lowerBound),
            quote: sentence.quote, verified: false, chunkID: sentence.passage.chunk.id)
    }
}
