import LoreCore

/// Makes a question stand alone, without a model, by what it and the turns before it say.
///
/// A short question takes more from earlier turns than a long one, one that points back or shares a
/// word with them more than one that does not, and none as much as it says itself: where the subject
/// changes, its own words lead.
package struct QuestionRewriter: Sendable {
    private let settings: RewriteSettings

    package init(_ settings: RewriteSettings = .standard) { self.settings = settings }

    /// `question` with what it needs of `turns`.
    ///
    /// A reply such as "yes, please" asks the question before once more.
    ///
    /// - Parameters:
    ///   - question: The user's own words.
    ///   - turns: What was said before, the newest last; the last few count.
    /// - Returns: The question as it is where there is nothing before it, or where it needs nothing.
    package func standalone(_ question: String, after turns: [EarlierTurn]) -> StandaloneQuestion {
        guard let last = turns.last else { return StandaloneQuestion(question) }
        if isAssent(question) { return again(last, after: turns.dropLast()) }
        let recent = turns.suffix(settings.turns)
        let need = need(of: question, after: recent, answer: last.answer)
        guard need >= settings.leastNeed else { return StandaloneQuestion(question) }
        var carried: [CarriedText] = []
        var weight = settings.questionWeight * need
        for turn in recent.reversed() {
            carried.append(CarriedText(turn.question, weight: weight))
            weight *= settings.decay
        }
        return StandaloneQuestion(question, carrying: ordered(carried + beginning(last, need)))
    }

    private func again(
        _ last: EarlierTurn, after turns: ArraySlice<EarlierTurn>
    ) -> StandaloneQuestion {
        let asked = standalone(last.question, after: Array(turns))
        return StandaloneQuestion(
            asked.question, carrying: ordered(asked.carried + beginning(last, 1)))
    }

    /// How much `question` lacks, 0 to 1.
    private func need(
        of question: String, after turns: ArraySlice<EarlierTurn>, answer: String
    ) -> Double {
        let words = WordScanner.tellingStems(question)
        let missing = Double(settings.fewWords) / Double(max(words.count, 1))
        let earlier = (turns.map(\.question) + [answer]).reduce(into: Set<[UInt8]>()) {
            $0.formUnion(WordScanner.tellingStems($1))
        }
        let isLinked =
            words.isEmpty || pointsBack(question) || !earlier.isDisjoint(with: words)
        return min(1, missing * missing) * (isLinked ? 1 : settings.unlinkedShare)
    }

    /// The beginning of an answer; none where there was no answer.
    private func beginning(_ turn: EarlierTurn, _ need: Double) -> [CarriedText] {
        let words = turn.answer.split(whereSeparator: \.isWhitespace).prefix(settings.answerWords)
        guard !words.isEmpty else { return [] }
        return [
            CarriedText(words.joined(separator: " "), weight: settings.answerWeight * need)
        ]
    }

    private func ordered(_ carried: [CarriedText]) -> [CarriedText] {
        carried.sorted { ($1.weight, $0.text) < ($0.weight, $1.text) }
    }

    private func pointsBack(_ question: String) -> Bool {
        let words = WordScanner.words(question)
        return Self.openings.contains(words.prefix(1)) || Self.openings.contains(words.prefix(2))
            || !Self.pointers.isDisjoint(with: words)
    }

    /// Whether it says no more than "yes, please".
    func isAssent(_ question: String) -> Bool {
        let words = WordScanner.words(question)
        return !words.isEmpty && Self.assents.isSuperset(of: words)
    }

    private static let openings: Set<ArraySlice<String>> = [
        ["and"], ["or"], ["but"], ["what", "about"], ["how", "about"],
    ]
    private static let pointers: Set<String> = [
        "it", "its", "they", "them", "their", "theirs", "he", "him", "his", "she", "her", "hers",
        "this", "that", "these", "those", "one", "ones", "there", "such", "same", "other",
        "others", "another", "both", "former", "latter",
    ]
    private static let assents: Set<String> = [
        "yes", "yeah", "yep", "ok", "okay", "sure", "please", "do", "go", "on", "continue",
    ]
}
