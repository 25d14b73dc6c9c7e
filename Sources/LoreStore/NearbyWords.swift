import GRDB
import LoreCore

/// Finds words of the notes that may be meant by one that stands in none of them.
struct NearbyWords {
    let database: Database

    /// Letters of a word below which others are not looked for: too many are near.
    private static let shortestWord = 4
    /// Letters from which on two are allowed to differ.
    private static let longWord = 8
    /// Words that begin with the one looked for; the commonest are taken.
    private static let beginningLimit = 8
    /// Words that are compared, so that no search takes long.
    private static let comparedLimit = 50_000

    /// Words to look for instead of `word`; none where nothing is near.
    ///
    /// Those that begin with it; where there are none, the one that the fewest changes of a letter
    /// (another, one more, one less, two exchanged) make of it, the commonest of these. Its first
    /// letter stays. Words are compared as the index has them, without their endings.
    ///
    /// - Parameters:
    ///   - word: As the user wrote it; with a digit in it, it is a name, and nothing is near.
    ///   - stem: As the index would have it.
    /// - Returns: Words of the notes as these have them, in lower case.
    /// - Throws: The errors of any read.
    func words(for word: String, stem: String) throws -> [String] {
        guard stem.count >= Self.shortestWord, word.allSatisfy(\.isLetter),
            !StopWords.english.contains(word.lowercased())
        else { return [] }
        let beginning = try stems(beginningWith: stem)
        let found = try beginning.isEmpty ? nearest(to: stem, word: word) : beginning
        return try found.compactMap(self.word)
    }

    private func stems(beginningWith stem: String) throws -> [String] {
        let statement = try RawStatement(
            database,
            """
            SELECT term FROM chunks_terms WHERE term BETWEEN ? AND ? ORDER BY doc DESC, term LIMIT ?
            """)
        var stems: [String] = []
        try statement.run(
            .text(stem), .text(stem + "\u{10FFFF}"), .integer(Int64(Self.beginningLimit))
        ) { stems.append($0.text(0)) }
        return stems
    }

    private func nearest(to stem: String, word: String) throws -> [String] {
        guard let first = stem.unicodeScalars.first.map(String.init) else { return [] }
        let letters = Array(stem.unicodeScalars)
        let limit = word.count >= Self.longWord ? 2 : 1
        var best: (stem: String, distance: Int, chunks: Int64)?
        let statement = try RawStatement(
            database, "SELECT term, doc FROM chunks_terms WHERE term BETWEEN ? AND ? LIMIT ?")
        try statement.run(
            .text(first), .text(first + "\u{10FFFF}"), .integer(Int64(Self.comparedLimit))
        ) { row in
            // Bytes are at least as many as letters, and at most four times.
            guard row.utf8(0).count + limit >= letters.count else { return }
            let other = row.text(0)
            let distance = EditDistance.between(
                letters, Array(other.unicodeScalars), atMost: limit, exchanging: true)
            guard let distance, other.count >= Self.shortestWord else { return }
            let chunks = row.integer(1)
            if best.map({ (distance, -chunks) < ($0.distance, -$0.chunks) }) ?? true {
                best = (other, distance, chunks)
            }
        }
        return best.map { [$0.stem] } ?? []
    }

    /// A word of the notes that has `stem`; nil where it is written in a way that is not found.
    private func word(of stem: String) throws -> String? {
        var text: String?
        let statement = try RawStatement(
            database,
            """
            SELECT title || char(10) || heading || char(10) || body FROM chunks_search
            WHERE id = (SELECT doc FROM chunks_places WHERE term = ? LIMIT 1)
            """)
        try statement.run(.text(stem)) { text = $0.text(0) }
        let tokens = try text.map { try QueryToken.all(in: $0, database) } ?? []
        return tokens.first { $0.stem == stem }?.text.lowercased()
    }
}
