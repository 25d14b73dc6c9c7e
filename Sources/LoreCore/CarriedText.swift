/// A text of an earlier turn that is searched for beside a question.
package struct CarriedText: Hashable, Sendable {
    package let text: String
    /// What it counts, where the question counts 1; above 0, below 1.
    package let weight: Double

    /// - Precondition: `weight` is above 0 and below 1.
    package init(_ text: String, weight: Double) {
        precondition(weight > 0 && weight < 1, "a weight of \(weight) for '\(text)'")
        self.text = text
        self.weight = weight
    }
}
