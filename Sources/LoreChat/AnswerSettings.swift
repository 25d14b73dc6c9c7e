/// How sentences are chosen for an answer.
///
/// Chosen on SQuAD development questions; see `docs/RETRIEVAL.md`.
package struct AnswerSettings: Hashable, Sendable {
    /// Passages whose sentences are looked at, best first: later ones hold an answer too rarely to
    /// pay for embedding them.
    package var passages = 5
    /// Sentences of an answer at most.
    package var sentences = 3
    /// What the words count beside the meaning, both in standard deviations.
    package var wordWeight = 0.8
    /// What each passage further down the ranking costs, in standard deviations.
    package var rankPenalty = 0.2
    /// BM25 of sentences: damping of repetition, and how far length counts against one.
    package var k1 = 1.2
    package var b = 0.3
    /// Two sentences that share this part of their words say the same.
    package var duplicateOverlap = 0.8

    package static let standard = AnswerSettings()

    package init() {}
}
