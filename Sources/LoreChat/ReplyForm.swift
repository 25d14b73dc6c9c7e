package import LoreCore

/// The form in which a model is to answer from passages.
package enum ReplyForm: Hashable, Sendable {
    /// Text with the numbers of the passages.
    case prose
    /// A list of statements, each with the IDs of the sentences it comes from, so many at most.
    case statements(sources: Int)
    /// A JSON value of the user's own form.
    case value(ReplySchema)

    /// What the model is told before anything else; `hasTools` where it may call tools to look further into
    /// the notes.
    package func instructions(withTools hasTools: Bool = false) -> String {
        switch self {
        case .prose: PromptBuilder.system(with: hasTools ? Self.toolRules : Self.proseRules)
        case .statements(let sources):
            PromptBuilder.system(with: Self.statementRules(sources: sources))
        case .value: PromptBuilder.system(with: Self.valueRules)
        }
    }

    /// What the model is shown of the passage with this number.
    func text(of passage: Hit, number: Int) -> String {
        switch self {
        case .prose, .value: passage.chunk.text
        case .statements: QuotableSentences.text(of: passage, number: number)
        }
    }

    /// Bytes of the schema that the reply is held to, 0 where it is to none: a provider counts them, or
    /// tells its model what they say.
    func schemaBytes(citing passages: [Hit]) -> Int {
        switch self {
        case .prose: 0
        case .statements(let sources):
            QuotableSentences(of: passages).schema(sources: sources).schema.text.utf8.count
        case .value(let schema): schema.schema.text.utf8.count
        }
    }

    private static let proseRules =
        citationRule + """

            - Where neither the passages nor the user's own words hold the answer, write nothing but: \
            \(PromptBuilder.refusal)
            """

    private static let toolRules =
        citationRule + """

            - Where the passages do not hold the answer, call the tools to look further into the notes: \
            several calls at once where none needs what another brings. Write nothing beside a call. \
            Passages that come of a call have numbers too and are cited in the same way; what else comes of \
            one needs no number.
            - Where that does not give the answer either, write nothing but: \(PromptBuilder.refusal)
            """

    private static let citationRule = """
        - Behind each statement write the number of the passage that it comes from in square brackets, \
        such as [1], or [1][3] for two. Use no other numbers, and add no list of sources.
        """

    // Without an ID as an example: small models cite the example.
    private static func statementRules(sources: Int) -> String {
        let source = "choose the source: the id of the sentence that answers the question"
        let more = sources > 1 ? ", or up to \(sources) where it takes them together" : ""
        return """
            - Each line of a passage is one sentence behind its id: the number of the passage, a point, the \
            number of the sentence.
            - Reply in JSON with a list of statements: {"statements":[{"sources":["id"],"text":"…"}]}. First \
            \(source)\(more). Then write the text: one sentence of your answer that says what the source \
            says, without ids.
            - Where neither the passages nor the user's own words hold the answer, the list is empty: \
            {"statements":[]}
            """
    }

    private static let valueRules = """
        - Reply with JSON alone, in the form that is asked for. Where the passages and the attached \
        text do not hold a value, leave it null or empty, as the form allows.
        """
}
