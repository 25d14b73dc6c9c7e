import Foundation

/// Tells which sentences of a conversation must not be lost: those with numbers, names, decisions,
/// places in notes, and what the user says of themselves.
enum TellingSentences {
    /// The sentences of `text`, without headings, code and marks of lists.
    static func sentences(of text: String) -> [String] {
        let bytes = Array(text.utf8)
        return SentenceSplitter.sentences(of: bytes).filter {
            $0.kind != .rule && $0.kind != .code && $0.kind != .heading
        }.map {
            let quote = String(decoding: bytes[$0.bytes], as: UTF8.self)
            return PlainSentence.text(of: quote, kind: $0.kind)
        }.filter { !$0.isEmpty }
    }

    /// How much is lost with `sentence`; 0 where it only asks.
    static func weight(of sentence: String) -> Int {
        guard !isQuestion(sentence) else { return 0 }
        let words = sentence.split { $0.isWhitespace }
        let numbers = words.count { $0.contains(where: \.isNumber) }
        let names = words.dropFirst().count { isName($0) }
        let folded = Set(
            words.map { $0.lowercased().trimmingCharacters(in: .punctuationCharacters) })
        let decides = !folded.isDisjoint(with: decisions)
        let isOwn = !folded.isDisjoint(with: ownWords)
        return 1 + min(numbers, 2) + min(names, 2) + (decides ? 2 : 0) + (isOwn ? 2 : 0)
    }

    /// The sentences of `text` that tell most, in its order, in no more than `limit` bytes.
    static func shortened(_ text: String, toBytes limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        return chosen(sentences(of: text), toBytes: limit).joined(separator: " ")
    }

    /// The `lines` that tell most, in their order, the later of two that tell as much: together no more
    /// than `limit` bytes, with a byte between two.
    static func chosen(_ lines: [String], toBytes limit: Int) -> [String] {
        let weights = lines.map(weight)
        let order = lines.indices.sorted { (weights[$1], $1) < (weights[$0], $0) }
        var chosen: [Int] = []
        var said: Set<String> = []
        var bytes = -1
        for index in order where weights[index] > 0 {
            let size = lines[index].utf8.count + 1
            guard bytes + size <= limit, said.insert(lines[index].lowercased()).inserted else {
                continue
            }
            bytes += size
            chosen.append(index)
        }
        return chosen.sorted().map { lines[$0] }
    }

    private static func isQuestion(_ sentence: String) -> Bool {
        sentence.last.map { "?？؟".contains($0) } ?? true
    }

    private static func isName(_ word: Substring) -> Bool {
        let letters = word.drop { !$0.isLetter }
        return letters.first?.isUppercase == true && letters != "I"
    }

    private static let decisions: Set<String> = [
        "agreed", "agree", "chose", "chosen", "decided", "decide", "deadline", "instead", "must",
        "never", "always", "remember", "will", "entschieden", "beschlossen", "vereinbart", "muss",
        "immer", "nie", "décidé", "convenu", "doit", "toujours", "jamais", "decidido", "acordado",
        "debe", "siempre", "nunca",
    ]

    private static let ownWords: Set<String> = [
        "i", "i'm", "i’m", "me", "my", "we", "our", "us", "ich", "mich", "mir", "mein", "meine",
        "wir",
        "unser", "unsere", "je", "j'ai", "j’ai", "mon", "ma", "mes", "nous", "notre", "yo", "mi",
        "mis",
        "nosotros", "nuestro", "nuestra",
    ]
}
