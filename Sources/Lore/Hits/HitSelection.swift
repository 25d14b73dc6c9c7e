import LoreCore
import LoreIngest
import LoreSearch
import LoreStore

/// Chooses the hits of a list from a ranking of chunks.
///
/// From the best chunk down: one that says what a hit says is named by that hit; one whose note has
/// its share of hits waits; any other becomes a hit, together with its neighbours that score nearly
/// as much. Where there is nothing else left, those that wait become hits too. What a chunk becomes
/// depends on better ones and on its own note alone, so a longer list begins with the shorter one.
struct HitSelection {
    /// A hit to be.
    struct Choice {
        let best: RankedChunk
        let passage: JoinedPassage
        /// Rows of chunks that say the same, best first.
        var twins: [Int64] = []

        /// Where it stands, its folder in front where several are indexed.
        func place(severalFolders: Bool) -> Hit.Place {
            passage.parts[0].stored.place(passage.range, severalFolders: severalFolders)
        }
    }

    private let ranking: Retriever.Ranking
    private let lookup: Retriever.Lookup
    private let reading: PassageReading
    private let files: DocumentReader
    private let rules: HitRules

    private(set) var choices: [Choice] = []
    private var twins: TwinFinder
    /// Chunks that are in a hit or named by one.
    private var decided: Set<Int64> = []
    private var waiting: [RankedChunk] = []
    private var hitsOfDocuments: [Int64: Int] = [:]
    private var position = 0

    init(
        _ ranking: Retriever.Ranking, _ lookup: @escaping Retriever.Lookup,
        _ reading: PassageReading, _ files: DocumentReader,
        _ rules: HitRules = .standard
    ) {
        self.ranking = ranking
        self.lookup = lookup
        self.reading = reading
        self.files = files
        self.rules = rules
        twins = TwinFinder(dimensions: reading.dimensions)
    }

    /// Chooses the first `limit` hits, or all where there are fewer.
    ///
    /// - Parameters:
    ///   - limit: Hits at most.
    ///   - document: Choosing ends with the first hit of this note; nil for none.
    /// - Returns: Whether they are those that a ranking of all chunks would give.
    /// - Throws: `StoreError`, `SearchError`.
    mutating func choose(_ limit: Int, seeking document: Int64? = nil) throws -> Bool {
        let isDone = { (choices: [Choice]) in
            choices.count >= limit
                || document != nil && choices.last?.best.document == document
        }
        while !isDone(choices), position < ranking.proved {
            try prefetch(limit)
            try take(ranking.chunks[position], sparing: true)
            position += 1
        }
        if !isDone(choices), try ranking.isWhole || isNoOtherLeft() {
            for chunk in waiting where !isDone(choices) { try take(chunk, sparing: false) }
        }
        guard isDone(choices) || ranking.isWhole else { return false }
        try nameTwins()
        return true
    }

    /// Whether every note that may be found has its share.
    private func isNoOtherLeft() throws -> Bool {
        let documents = try ranking.passing ?? reading.reader.documentCount()
        return hitsOfDocuments.count { $0.value >= rules.perDocument } >= documents
    }

    /// Reads many chunks at once: those that will be looked at, as a rule.
    private func prefetch(_ limit: Int) throws {
        let some = limit + rules.lookAhead
        guard position % some == 0 else { return }
        try reading.load(ranking.chunks[position...].prefix(some).map(\.row))
    }

    private mutating func take(_ chunk: RankedChunk, sparing: Bool) throws {
        guard !decided.contains(chunk.row), let passage = try reading.passage(in: chunk.row)
        else { return }
        if name(passage) { return }
        if sparing, hitsOfDocuments[chunk.document, default: 0] >= rules.perDocument {
            waiting.append(chunk)
            return
        }
        guard let joined = try joined(around: chunk) else { return }
        hitsOfDocuments[chunk.document, default: 0] += 1
        for part in joined.parts {
            decided.insert(part.stored.row)
            guard let passage = try reading.passage(in: part.stored.row) else { continue }
            twins.keep(passage, of: choices.count)
        }
        choices.append(Choice(best: chunk, passage: joined))
    }

    /// Names `passage` with the hit that says the same, if one does.
    private mutating func name(_ passage: ComparedPassage) -> Bool {
        guard let hit = twins.hit(like: passage) else { return false }
        choices[hit].twins.append(passage.row)
        decided.insert(passage.row)
        return true
    }

    /// Names what says the same among the chunks that wait and those that come next.
    private mutating func nameTwins() throws {
        let seen = ranking.chunks.prefix(position + rules.lookAhead)
        try reading.load(seen.map(\.row))
        for chunk in seen where !decided.contains(chunk.row) {
            if let passage = try reading.passage(in: chunk.row) { _ = name(passage) }
        }
    }
}

extension HitSelection {
    /// The hit that `best` makes with its neighbours, the better of the two first.
    private func joined(around best: RankedChunk) throws -> JoinedPassage? {
        guard let stored = try reading.reader.chunks(rows: [best.row]).first else { return nil }
        var passage = JoinedPassage(stored, best)
        while passage.parts.count < rules.chunksJoined,
            let wider = try widened(passage, around: best)
        {
            passage = wider
        }
        return passage
    }

    private func widened(
        _ passage: JoinedPassage, around best: RankedChunk
    ) throws -> JoinedPassage? {
        let ends = [passage.ordinals.lowerBound - 1, passage.ordinals.upperBound + 1]
        let rows = try ends.compactMap {
            try reading.reader.chunk(ofDocument: best.document, at: $0)
        }
        for neighbour in try lookup(rows.filter { !decided.contains($0) })
        where belongs(neighbour, to: best) {
            guard let compared = try reading.passage(in: neighbour.row),
                twins.hit(like: compared) == nil,
                let stored = try reading.reader.chunks(rows: [neighbour.row]).first,
                let wider = passage.joined(with: stored, neighbour, files)
            else { continue }
            return wider
        }
        return nil
    }

    /// Whether `neighbour` says nearly as much to the query as `best`.
    private func belongs(_ neighbour: RankedChunk, to best: RankedChunk) -> Bool {
        neighbour.score > 0 && neighbour.score >= rules.neighbourShare * best.score
    }
}
