/// The logistic function that turns evidence into confidence.
///
/// The weights keep to the proportion that told best apart what ten kinds of notes answer from what
/// they do not; see `docs/RETRIEVAL.md`. The biases put confidence 0.5 where more than 95 of 100
/// answerable questions are kept of every set whose questions are whole sentences.
package struct GateSettings: Hashable, Sendable {
    package var bias = -9.6
    /// Of the likeness.
    package var cosineWeight = 18.0
    /// Of the weighted share of the question's terms that the best passage holds.
    package var coverageWeight = 10.0
    /// The same where there is no model.
    package var lexicalBias = -3.7
    package var lexicalCoverageWeight = 10.0
    /// What each question leaves unsaid, in terms that no note holds.
    ///
    /// So a single word found says less than five. It is not asked for where there is no model: in a
    /// few notes on one subject all words are common, and nothing but them speaks for the answer.
    package var doubt = 0.5
    /// Confidence from which a question is answered.
    package var threshold = 0.5

    package static let standard = GateSettings()

    package init() {}
}
