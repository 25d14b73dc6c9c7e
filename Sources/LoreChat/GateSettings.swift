/// The logistic function that turns evidence into confidence.
///
/// The weights keep to the proportion that told best apart what five kinds of notes answer from
/// what they do not; see `docs/RETRIEVAL.md`. The biases put confidence 0.5 where more than 90 of 100
/// answerable questions of every set are kept that was looked at.
package struct GateSettings: Hashable, Sendable {
    package var bias = -8.9
    /// Of the best passage's cosine.
    package var cosineWeight = 16.0
    /// Of the weighted share of the question's terms that it holds.
    package var coverageWeight = 8.0
    /// The same where there is no model.
    package var lexicalBias = -3.7
    package var lexicalCoverageWeight = 10.0
    /// Confidence from which a question is answered.
    package var threshold = 0.5

    package static let standard = GateSettings()

    package init() {}
}
