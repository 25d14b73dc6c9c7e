public import Foundation
public import LoreCore

/// What to measure.
public struct EvaluationRequest: Sendable {
    /// A set in the BEIR layout, or a folder of notes with questions and judgements.
    public var folder: URL
    public var modes: [SearchMode]
    /// Whether each question is asked, too.
    public var recordsAnswers: Bool
    /// A TREC run over the same set, with which the first mode is compared.
    public var baseline: URL?

    public init(
        folder: URL, modes: [SearchMode] = SearchMode.allCases, recordsAnswers: Bool = false,
        baseline: URL? = nil
    ) {
        self.folder = folder
        self.modes = modes
        self.recordsAnswers = recordsAnswers
        self.baseline = baseline
    }
}

/// How far an evaluation has come.
public struct EvaluationProgress: Sendable {
    /// `reading`, `embedding`, a mode's name, or `asking`.
    public let phase: String
    public let done: Int
    public let total: Int
}

/// What an evaluation found, question by question and in sum.
public struct Evaluation: Sendable {
    public let report: EvaluationReport
    /// A hundred documents a question, of the first mode measured: hybrid unless one was named.
    public let run: [RunLine]
    /// In the order of the questions; empty unless asked for.
    public let answers: [RecordedAnswer]
}
