import LoreCore
import LoreSearch
import LoreStore

extension Retriever {
    /// The hits for `question`: what a person reads, where `ranking` is of chunks.
    ///
    /// - Parameters:
    ///   - question: What to look for.
    ///   - limit: Hits at most.
    ///   - reader: The index at one moment.
    ///   - rules: How they are chosen.
    /// - Returns: The hits, ranked from 1, and the ranking they were chosen from.
    /// - Throws: As `ranking`.
    func hits(
        _ question: Question, limit: Int, in reader: StoreReader, rules: HitRules = .standard
    ) throws -> (hits: [Hit], ranking: Ranking) {
        let (choices, ranking) = try choices(question, limit: limit, in: reader, rules: rules)
        let severalFolders = try reader.folders().count > 1
        let hits = try choices.enumerated().map { index, choice in
            try reader.hit(
                choice, rank: index + 1, ranking.explanation(of: choice.best), severalFolders)
        }
        return (hits, ranking)
    }

    /// What becomes a hit, best first; with `document`, as far as the first of that note.
    func choices(
        _ question: Question, limit: Int, in reader: StoreReader,
        seeking document: Int64? = nil, rules: HitRules = .standard
    ) throws -> (choices: [HitSelection.Choice], ranking: Ranking) {
        let reading = try PassageReading(reader)
        var choices: [HitSelection.Choice] = []
        let ranking = try ranking(question, limit: limit, in: reader) { ranking, lookup in
            var selection = HitSelection(ranking, lookup, reading, files, rules)
            defer { choices = selection.choices }
            return try selection.choose(limit, seeking: document)
        }
        return (choices, ranking)
    }
}

extension StoreReader {
    fileprivate func hit(
        _ choice: HitSelection.Choice, rank: Int, _ explanation: [SignalContribution],
        _ severalFolders: Bool
    ) throws -> Hit {
        let parts = choice.passage.parts
        let best = (parts.first { $0.ranked.row == choice.best.row } ?? parts[0]).stored
        return Hit(
            rank: rank, score: choice.best.score, folder: best.folderName,
            path: best.shownPath(severalFolders: severalFolders), title: best.title,
            date: best.date,
            chunk: Chunk(
                id: best.chunk.id, heading: best.chunk.heading, range: choice.passage.range,
                text: choice.passage.text, lead: parts[0].stored.chunk.lead,
                embeddedTextHash: best.chunk.embeddedTextHash),
            pages: best.pages, explanation: explanation,
            parts: parts.map { Hit.Part(chunk: $0.stored.chunk, score: $0.ranked.score) },
            alsoIn: try chunks(rows: choice.twins).map {
                $0.place($0.chunk.range, severalFolders: severalFolders)
            })
    }
}

extension StoredChunk {
    /// The note's path as it is shown: with its folder's name in front where several are indexed.
    func shownPath(severalFolders: Bool) -> String {
        severalFolders ? "\(folderName)/\(path)" : path
    }

    func place(_ range: SourceRange, severalFolders: Bool) -> Hit.Place {
        Hit.Place(path: shownPath(severalFolders: severalFolders), range: range)
    }
}
