/// The logistic function that turns evidence into confidence.
///
/// Fitted to as many questions that the notes answer as questions about other topics; see
/// `docs/RETRIEVAL.md`.
package struct GateSettings: Hashable, Sendable {
    package var bias = -11.0
    /// Of the best passage's cosine.
    package var cosineWeight = 15.5
    /// Of the weighted share of the question's terms that it holds.
    package var coverageWeight = 10.3
    /// The same where there is no model.
    package var lexicalBias = -6.0
    package var lexicalCoverageWeight = 10.0
    /// Confidence from which a question is answered: keeps 95 of 100 answerable ones.
    package var threshold = 0.5

    package static let standard = GateSettings()

    package init() {}
}
