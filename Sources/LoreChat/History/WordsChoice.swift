import LoreCore

/// Chooses what the user said in turns that do not go whole: all of it as it is, or else what tells
/// most.
struct WordsChoice {
    let turns: [ConversationTurn]
    let count: TokenCount
    /// Turns that come before all others but the first of the conversation.
    var preferred: Set<Int> = []

    /// In the first turns people say who they are and what they are about.
    private static let openingTurns = 4
    /// Of words that do not all fit, a turn has no more than this part of the room; one that is preferred
    /// has up to half of what is left.
    private static let largestShare = 0.125
    /// The heading, and what stands around the words of a turn, in bytes.
    private static let headingBytes = 48
    private static let bytesAroundWords = 12

    /// Tokens of all that the user said in these turns.
    var tokens: Int { turns.isEmpty ? 0 : tokens(of: turns.map(\.words)) }

    /// What goes into `room` tokens, in the order of the turns.
    func words(in room: Int) -> [PastWords] {
        guard tokens > room else { return turns.map(\.words) }
        let largest = Int(Double(room) * Self.largestShare)
        var chosen: [PastWords] = []
        var left = room - count.tokens(bytes: Self.headingBytes)
        for turn in inOrderOfWeight {
            let limit = preferred.contains(turn.number) ? left / 2 : min(largest, left)
            guard let words = shortened(turn.words, to: limit) else { continue }
            left -= tokens(ofOne: words)
            chosen.append(words)
        }
        return chosen.sorted { $0.number < $1.number }
    }

    /// `words`, or the sentences of them that tell most; nil where none fits into `room` tokens.
    private func shortened(_ words: PastWords, to room: Int) -> PastWords? {
        guard tokens(ofOne: words) > room else { return words }
        let limit = count.bytes(in: room) - Self.bytesAroundWords
        let text = TellingSentences.shortened(words.text, toBytes: max(0, limit))
        return text.isEmpty ? nil : PastWords(number: words.number, text: text)
    }

    /// The turns whose words are missed most first, the later of two that weigh as much.
    private var inOrderOfWeight: [ConversationTurn] {
        let ranks = turns.map(rank)
        let order = turns.indices.sorted { (ranks[$1], $1) < (ranks[$0], $0) }
        return order.map { turns[$0] }
    }

    /// Those at the opening that say something, then the preferred turns, then by what they tell: the facts
    /// that a conversation rests on are few, and turns that matter may be long.
    private func rank(_ turn: ConversationTurn) -> Int {
        let weights = TellingSentences.sentences(of: turn.question).map(TellingSentences.weight)
        let weight = weights.max() ?? 0
        if weight > 0, turn.number <= Self.openingTurns { return 200 + weight }
        return (preferred.contains(turn.number) ? 100 : 0) + weight
    }

    private func tokens(of words: [PastWords]) -> Int {
        let bytes = words.reduce(Self.headingBytes) {
            $0 + $1.text.utf8.count + Self.bytesAroundWords
        }
        return count.tokens(bytes: bytes)
    }

    private func tokens(ofOne words: PastWords) -> Int {
        count.tokens(bytes: words.text.utf8.count + Self.bytesAroundWords)
    }
}

extension ConversationTurn {
    fileprivate var words: PastWords { PastWords(number: number, text: question) }
}
