import LoreCore
import LoreStore

extension Answerer {
    /// What a question that goes on with the last turn may be answered from.
    ///
    /// What the last answer cited stays a candidate, though the words of the new question do not find it:
    /// "and why?" is often answered a line further on.
    ///
    /// - Parameters:
    ///   - cited: Of the last answer.
    ///   - passages: What was found, best first.
    ///   - limit: Passages in all; of these a quarter may be kept ones, which come last.
    ///   - filter: Which notes may be drawn on; nil for all.
    /// - Returns: At most `limit` passages, with their ranks.
    /// - Throws: `StoreError`.
    func keeping(
        _ cited: [Citation], behind passages: [Hit], _ limit: Int, passing filter: FilterMatcher?
    ) throws -> [Hit] {
        let found = Set(passages.flatMap(\.parts).map(\.chunk.id))
        let room = limit / Configuration.passagesForKept
        guard room > 0, !cited.isEmpty else { return passages }
        let kept = try store.read { reader in
            let missing = try cited.compactMap { citation in
                try chunk(of: citation, in: reader).map { (chunk: $0, path: citation.path) }
            }
            .filter { !found.contains($0.chunk.chunk.id) }
            // To see which notes pass takes a look at all of them.
            guard let filter, !missing.isEmpty else { return missing }
            let passing = try reader.documents(passing: filter)
            return missing.filter { passing.contains($0.chunk.documentRow) }
        }
        var seen: Set<Int64> = []
        let distinct = kept.filter { seen.insert($0.chunk.row).inserted }.prefix(room)
        let all = passages.prefix(limit - distinct.count)
        return all
            + distinct.enumerated().map { place, kept in
                Hit(kept.chunk, rank: all.count + place + 1, shownAs: kept.path)
            }
    }

    /// The chunk whose words were cited; nil where the note no longer has them.
    ///
    /// A citation has the name of the best of the chunks that made its passage.
    private func chunk(of citation: Citation, in reader: StoreReader) throws -> StoredChunk? {
        let path = files.paths.path(of: citation.path, below: citation.folder)
        let named = try reader.chunks(named: citation.chunkID).first {
            $0.folderName == citation.folder && $0.path == path
        }
        guard let named, !citation.quote.isEmpty else { return named }
        return try reader.chunks(ofDocument: named.documentRow).first {
            $0.chunk.text.contains(citation.quote)
        }
    }
}
