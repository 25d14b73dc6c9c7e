import LoreCore

/// Whether sentences of passages say what a statement says, as far as words tell.
///
/// A model that is held to a list of ids names some id in any case, and a small one almost any. So a
/// sentence counts as a source where it holds enough of the statement's telling words, by weight, and
/// its numbers; where it is in another language than the statement, words tell nothing.
struct StatementSupport {
    /// The least share of a statement's telling words that the sources it names hold together.
    ///
    /// Those that a small model names at random seldom hold a third.
    private static let namedShare = 0.35
    /// The least that a sentence holds which nobody named.
    private static let foundShare = 0.5
    /// The share below which a statement has names and numbers at most in common with all passages.
    private static let foreignShare = 0.3
    /// The least that one of several sources holds.
    private static let leastPart = 0.2

    private let locator: SupportLocator
    private let passages: [Hit]

    /// The sentences of each passage, headings among them.
    var sentences: [[SupportLocator.Candidate]] { locator.passages }

    init(passages: [Hit]) {
        locator = SupportLocator(passages: passages)
        self.passages = passages
    }

    /// A sentence that can be cited, of the passage with this number.
    struct Source {
        let number: Int
        let sentence: SupportLocator.Candidate

        var text: String { sentence.support.quote }
    }

    /// What supports a statement.
    ///
    /// - Parameters:
    ///   - statement: What a model says.
    ///   - named: The sources that it names for it.
    ///   - all: What it could have named.
    ///   - question: Numbers that it says need no source.
    /// - Returns: Those that are named and support it; where they do not, the one of all that does so best,
    ///   if any does.
    func sources(
        of statement: String, named: [Source], all: [Source], answering question: String
    ) -> [Source] {
        guard !named.isEmpty else { return [] }
        let stems = WordScanner.tellingStems(statement)
        let claim = Claim(
            stems: stems.isEmpty ? Set(WordScanner.stems(statement.utf8)) : stems,
            numbers: numbers(in: statement).subtracting(numbers(in: question)))
        if holds(named, claim, Self.namedShare) {
            let parts = named.filter { share(of: claim, in: [$0]) >= Self.leastPart }
            return parts.isEmpty ? named : parts
        }
        if isForeign(statement, claim, all), claim.numbers.isSubset(of: numbers(around: named)) {
            return named
        }
        return all.filter { holds([$0], claim, Self.foundShare) }
            .map { (share: share(of: claim, in: [$0]), source: $0) }
            .max { $0.share < $1.share }
            .map { [$0.source] } ?? []
    }

    /// What a statement says, as far as it can be compared.
    private struct Claim {
        let stems: Set<[UInt8]>
        let numbers: Set<String>
    }

    private func holds(_ sources: [Source], _ claim: Claim, _ least: Double) -> Bool {
        share(of: claim, in: sources) >= least
            && claim.numbers.isSubset(of: numbers(around: sources))
    }

    private func share(of claim: Claim, in sources: [Source]) -> Double {
        let words = sources.reduce(into: Set<[UInt8]>()) { $0.formUnion($1.sentence.words) }
        let total = locator.weight(of: claim.stems)
        return total > 0 ? locator.weight(of: claim.stems.intersection(words)) / total : 0
    }

    /// The numbers of the sentences, and of what a model reads above their passages.
    private func numbers(around sources: [Source]) -> Set<String> {
        sources.reduce(into: []) { numbers, source in
            let passage = passages[source.number - 1]
            let above = [passage.title, passage.path, passage.date ?? ""] + passage.chunk.heading
            for text in above + [source.text] { numbers.formUnion(self.numbers(in: text)) }
        }
    }

    /// The numbers of `text`, without what groups their digits; the first twelve also as English words.
    private func numbers(in text: String) -> Set<String> {
        Set(numerals(text)).union(WordScanner.words(text).compactMap { Self.words[$0] })
    }

    /// Whether `statement` is in another language than the passages.
    ///
    /// It is where it is in another script, or where one of both is English, the other is not, and they
    /// share next to no words. Few stop words alone tell nothing: notes and small models are terse.
    private func isForeign(_ statement: String, _ claim: Claim, _ all: [Source]) -> Bool {
        let own = Language(statement)
        let notes = Language(passages.map(\.chunk.text).joined(separator: " "))
        guard own.isLatin == notes.isLatin else { return true }
        guard let english = own.isEnglish, let notesEnglish = notes.isEnglish,
            english != notesEnglish
        else { return false }
        return share(of: claim, in: all) < Self.foreignShare
    }

    private static let words = [
        "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
        "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
    ]
}

/// What can be told of a text's language without knowing any but English.
private struct Language {
    /// Whether most letters are Latin.
    let isLatin: Bool
    /// Nil where too little speaks for either.
    let isEnglish: Bool?

    private static let fewWords = 6
    /// English prose has two stop words in five; others share "in", "an" or "so" with it.
    private static let englishShare = 0.2
    private static let otherShare = 0.1

    init(_ text: String) {
        let letters = text.unicodeScalars.filter(\.properties.isAlphabetic)
        // Latin with its extensions A and B.
        isLatin = letters.count { $0.value < 0x250 } * 2 >= letters.count
        let words = WordScanner.words(text).filter { $0.contains(where: \.isLetter) }
        let share = Double(words.count(where: StopWords.english.contains)) / Double(words.count)
        isEnglish =
            words.count < Self.fewWords
            ? nil : share >= Self.englishShare ? true : share < Self.otherShare ? false : nil
    }
}

/// The numbers in `text`, with a point before their decimals and nothing between groups of three digits.
private func numerals(_ text: String) -> [String] {
    text.matches(of: /[0-9]+(?:[.,'][0-9]+)*/).map { number in
        let parts = number.output.split { ".,'".contains($0) }
        return parts.dropFirst().reduce(String(parts[0])) { whole, part in
            part.count == 3 ? whole + part : whole + "." + part
        }
    }
}
