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
    /// What the score of a sentence's passage counts, in standard deviations: a passage that ranks
    /// 0.1 above another lifts its sentences by one.
    package var passageWeight = 10.0
    /// BM25 of sentences: damping of repetition.
    package var k1 = 1.2
    /// BM25 of sentences: how far length counts against one, 0 to 1; little, for a short sentence
    /// with the right words is rarely the answer.
    package var b = 0.3
    /// Two sentences that share this part of their words say the same.
    package var duplicateOverlap = 0.8

    package static let standard = AnswerSettings()

    package init() {}
}
