import GRDB
import LoreCore

/// A user's words as terms of the full-text index.
///
/// Never syntax: the words are found by the tokenizer that cut the notes, and each is quoted.
/// - Words, without English stop words; with them where nothing else is left.
/// - Words of earlier turns, each with the weight of the heaviest text that holds it.
/// - Compounds such as `foo-bar` or `1.0.21`, as phrases beside their parts.
/// - In scripts without spaces, each two neighbouring characters, as phrases.
struct LexicalQuery {
    struct Term: Hashable {
        /// The words of the phrase, as the user wrote them, joined by spaces.
        let text: String
        let isCompound: Bool
        /// The word as the index has it; nil where the term is a phrase.
        let stem: String?
        /// The words that are looked for instead where no note holds this one.
        var substitutes: [String] = []
        /// What it counts beside a word of the query, which counts 1.
        var weight = 1.0
    }

    /// Distinct, in the order of the text.
    private(set) var terms: [Term]

    /// Terms of a query; the rest of a longer one is not looked for.
    static let termLimit = 64

    /// Words of a compound: a longer one is an address or a paste, whose parts say enough.
    private static let compoundSizes = 2...8

    /// The terms of `text`, then those of the `carried` texts, the heaviest first.
    init(_ text: String, carrying carried: [CarriedText] = [], in database: Database) throws {
        let earlier = carried.sorted { $0.weight > $1.weight }
        let texts = [text] + earlier.map(\.text)
        let tokens = try texts.map { try QueryToken.all(in: $0, database) }
        let isTelling = tokens.joined().contains { !$0.isStopWord }
        var seen: Set<[String]> = []
        var terms: [Term] = []
        for (tokens, weight) in zip(tokens, [1] + earlier.map(\.weight)) {
            let words = isTelling ? tokens.filter { !$0.isStopWord } : tokens
            let phrases = Self.phrases(of: tokens, words: words)
            let distinct = phrases.filter { seen.insert($0.map(\.stem)).inserted }
            terms += distinct.map { Term($0, weight: weight) }
        }
        self.terms = Array(terms.prefix(Self.termLimit))
    }

    /// Words of a query that others are looked for instead of: each costs a walk through the words
    /// of the notes.
    private static let missingLimit = 4

    /// What the terms find in the index.
    ///
    /// Words get substitutes where no note holds any of the terms; what they find together counts as
    /// the word's own.
    mutating func postings(in database: Database) throws -> Postings.Gathering {
        let found = try Postings.gather(terms.map(\.text), in: database)
        guard found.terms.allSatisfy(\.isEmpty) else { return found }
        let missing = terms.indices.filter { terms[$0].stem != nil }.prefix(Self.missingLimit)
        let nearby = NearbyWords(database: database)
        for index in missing {
            let (text, stem) = (terms[index].text, terms[index].stem ?? "")
            terms[index].substitutes = try nearby.words(for: text, stem: stem)
        }
        let words = missing.flatMap { terms[$0].substitutes }
        if words.isEmpty { return found }
        let more = try Postings.gather(words, in: database)
        var lists = more.terms[...]
        for index in missing {
            let count = terms[index].substitutes.count
            found.substitute(Postings.union(Array(lists.prefix(count))), for: index, more.totals)
            lists = lists.dropFirst(count)
        }
        return found
    }

    /// The single words, then the compounds and pairs of characters.
    private static func phrases(of tokens: [QueryToken], words: [QueryToken]) -> [[QueryToken]] {
        let singles = words.filter { !$0.isUnspaced }.map { [$0] }
        let groups = tokens.chunked { $0.isJoined(to: $1) }
        let joined = groups.flatMap { group -> [[QueryToken]] in
            if group[0].isUnspaced { return pairs(of: group) }
            return compoundSizes.contains(group.count) ? [group] : []
        }
        return singles + joined
    }

    private static func pairs(of group: [QueryToken]) -> [[QueryToken]] {
        group.count == 1 ? [group] : zip(group, group.dropFirst()).map { [$0, $1] }
    }
}

extension LexicalQuery.Term {
    fileprivate init(_ phrase: [QueryToken], weight: Double) {
        self.init(
            text: phrase.map(\.text).joined(separator: " "),
            isCompound: phrase.count > 1 && !phrase[0].isUnspaced,
            stem: phrase.count > 1 || phrase[0].isUnspaced ? nil : phrase[0].stem,
            weight: weight)
    }
}

extension Array {
    /// The array cut between neighbours that do not belong together.
    fileprivate func chunked(_ belong: (Element, Element) -> Bool) -> [[Element]] {
        var groups: [[Element]] = []
        for element in self {
            if let last = groups.last?.last, belong(last, element) {
                groups[groups.count - 1].append(element)
            } else {
                groups.append([element])
            }
        }
        return groups
    }
}
