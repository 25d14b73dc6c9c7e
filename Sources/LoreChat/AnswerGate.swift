package import LoreCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What speaks for the notes holding an answer, each figure without regard to how many notes there
/// are.
package struct GateEvidence: Hashable, Sendable {
    /// The likeness of the question and the notes, −1 to 1; nil where there is no model.
    package let cosine: Double?
    /// How much of the question the best passage holds with its title and headings, 0 to below 1:
    /// the share of its terms, weighted by how telling they are, and less for a question that says
    /// little.
    package let coverage: Double

    package init(cosine: Double?, coverage: Double) {
        self.cosine = cosine
        self.coverage = coverage
    }

    /// The evidence for a question of these `terms`.
    ///
    /// - Parameters:
    ///   - terms: Of the question.
    ///   - passage: The best one.
    ///   - cosine: Its likeness to the question; nil where there is no model.
    ///   - nearest: The highest likeness of any passage, which counts as much.
    ///   - doubt: The weight of what the question leaves unsaid.
    package init(
        terms: [QuestionTerm], passage: Hit, cosine: Double?, nearest: Double?, doubt: Double
    ) {
        let texts = [passage.title] + passage.chunk.heading + [passage.chunk.text]
        self.init(
            cosine: cosine.map { ($0 + (nearest ?? $0)) / 2 },
            coverage: TermCounter(terms).coverage(of: texts, doubt: doubt))
    }
}

/// Whether the notes answer, and how surely.
package struct GateVerdict: Hashable, Sendable {
    /// 0 to 1, rising with the evidence.
    package let confidence: Double
    package let answers: Bool

    package init(confidence: Double, answers: Bool) {
        self.confidence = confidence
        self.answers = answers
    }

    /// Where nothing was found.
    package static let nothing = GateVerdict(confidence: 0, answers: false)
}

/// Tells questions that the notes answer from those about something else.
package struct AnswerGate: Sendable {
    package let settings: GateSettings

    package init(settings: GateSettings = .standard) { self.settings = settings }

    /// Judges the evidence of the best passage.
    package func verdict(_ evidence: GateEvidence) -> GateVerdict {
        let logit: Double
        if let cosine = evidence.cosine {
            logit =
                settings.bias + settings.cosineWeight * cosine
                + settings.coverageWeight * evidence.coverage
        } else {
            logit = settings.lexicalBias + settings.lexicalCoverageWeight * evidence.coverage
        }
        let confidence = 1 / (1 + exp(-logit))
        return GateVerdict(confidence: confidence, answers: confidence >= settings.threshold)
    }
}
