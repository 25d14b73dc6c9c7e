package import LoreCore

/// The sentences of passages that a model may cite: each has an ID, and there are no others.
///
/// `2.5` is the fifth sentence of the second passage. Headings have none, for they state nothing, and
/// lines without words have none.
package struct QuotableSentences: Sendable {
    /// IDs in one schema at most.
    ///
    /// OpenAI takes 1,000 values of enumerations, and counts their letters above 250; Gemini tells no
    /// number and refuses long lists.
    package static let most = 250

    private let passages: [Hit]
    private let ids: [String]
    /// By their IDs.
    private let sources: [String: StatementSupport.Source]
    private let support: StatementSupport

    /// The sentences of `passages`, of which the first has the number 1.
    package init(of passages: [Hit]) {
        self.passages = passages
        support = StatementSupport(passages: passages)
        let sentences = support.sentences.enumerated().flatMap { index, sentences in
            Self.quotable(sentences).enumerated().map { place, sentence in
                (
                    id: "\(index + 1).\(place + 1)",
                    source: StatementSupport.Source(number: index + 1, sentence: sentence)
                )
            }
        }
        ids = sentences.map(\.id)
        sources = Dictionary(uniqueKeysWithValues: sentences.map { ($0.id, $0.source) })
    }

    /// As many of `passages`, from the first, as have together no more than `most` sentences.
    ///
    /// The first is among them in any case; what it has beyond is neither shown nor cited.
    package static func fitting(_ passages: [Hit]) -> [Hit] {
        var count = 0
        let fitting = passages.prefix { passage in
            count += quotable(SupportLocator.candidates(of: passage)).count
            return count <= most
        }
        return Array(passages.prefix(max(1, fitting.count)))
    }

    /// The passage as a model reads it: a line for each sentence, behind its ID, and for each heading.
    static func text(of passage: Hit, number: Int) -> String {
        var count = 0
        let lines = SupportLocator.candidates(of: passage).compactMap { line -> String? in
            let words = line.support.quote.split(whereSeparator: \.isWhitespace)
                .joined(separator: " ")
            guard line.kind != .heading else { return words }
            count += 1
            return count > most ? nil : "\(number).\(count) \(words)"
        }
        return lines.joined(separator: "\n")
    }

    /// What `statement` can be cited with.
    ///
    /// - Parameters:
    ///   - statement: What a model says, and the sentences that it names for it.
    ///   - question: The user's own words; numbers in it need no source.
    /// - Returns: Of the sentences that it names those that say it, or else the one that does, not
    ///   verified; none where none does, or where it names none.
    package func citations(of statement: Statement, answering question: String) -> [Citation] {
        support.sources(
            of: statement.text, named: statement.sources.compactMap { sources[$0] },
            all: ids.compactMap { sources[$0] }, answering: question
        ).map { passages[$0.number - 1].citation(number: $0.number, $0.sentence.support) }
    }

    /// The form of a reply that can name these sentences and no others, `most` for one statement.
    package func schema(sources most: Int) -> ReplySchema {
        let sources: JSONValue = [
            "type": "array",
            "items": ["type": "string", "enum": .array(ids.map { .string($0) })],
            "maxItems": JSONValue(most),
        ]
        // Sources first: a model that has chosen a sentence says what it says.
        let members =
            (ids.isEmpty ? [] : [JSONMember("sources", sources)])
            + [JSONMember("text", ["type": "string"])]
        let statement = Self.closed(.object(members))
        return ReplySchema(
            name: "statements",
            schema: Self.closed(["statements": ["type": "array", "items": statement]]))
    }

    /// An object that has these members, all of them and no others.
    private static func closed(_ properties: JSONValue) -> JSONValue {
        [
            "type": "object", "properties": properties,
            "required": .array((properties.members ?? []).map { .string($0.name) }),
            "additionalProperties": false,
        ]
    }

    /// Of the sentences of a passage those that have an ID.
    private static func quotable(
        _ sentences: [SupportLocator.Candidate]
    ) -> ArraySlice<SupportLocator.Candidate> {
        sentences.filter { $0.kind != .heading }.prefix(most)
    }
}
