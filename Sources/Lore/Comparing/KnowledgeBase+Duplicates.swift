public import LoreCore
import LoreLinearAlgebra
import LoreSearch
import LoreStore

extension KnowledgeBase {
    /// The passages that say the same or nearly the same, in groups.
    ///
    /// Every two passages are compared: by their vectors, and by their text but for white space.
    /// Passages of a few words are left out. Memory does not grow with the vectors.
    ///
    /// - Parameters:
    ///   - threshold: The lowest cosine of two duplicates; nil for
    ///     `Configuration.duplicateThreshold`.
    ///   - filter: Which notes to look at; nil for all.
    ///   - onProgress: Called as the comparison goes on, on any thread.
    /// - Returns: The groups.
    /// - Throws: `KnowledgeBaseError.thresholdOutOfRange`, `StoreError`; `CancellationError`.
    /// - Complexity: O(*n*² · *D*) for *n* passages
    public func duplicates(
        threshold: Double? = nil, filter: Filter? = nil,
        onProgress: @escaping @Sendable (Duplicates.Progress) -> Void = { _ in }
    ) async throws -> Duplicates {
        let threshold = threshold ?? Configuration.duplicateThreshold
        guard Configuration.duplicateThresholds.contains(threshold) else {
            throw KnowledgeBaseError.thresholdOutOfRange(
                threshold: threshold, allowed: Configuration.duplicateThresholds)
        }
        let store = try opened.reader()
        let matcher = filter.map(time.matcher)
        let pairs = NearPairs(threshold: threshold, threads: configuration.threads)
        return try await CancellationFlag.offPool { [self] flag in
            try store.read { reader in
                let passing = try matcher.map { try reader.documents(passing: $0) }
                var duplicates = try DuplicateSearch(
                    reader: reader, passing: passing, pairs: pairs, cancellation: flag,
                    onProgress: onProgress
                ).duplicates()
                if let active = try reader.activeFingerprint() {
                    duplicates.notices += try pendingNotices(for: active, in: reader)
                }
                return duplicates
            }
        }
    }
}

/// The search for duplicates at one moment of the index.
private struct DuplicateSearch {
    let reader: StoreReader
    let passing: RowSet?
    let pairs: NearPairs
    let cancellation: CancellationFlag
    let onProgress: (Duplicates.Progress) -> Void

    func duplicates() throws -> Duplicates {
        let census = try PassageCensus(reader, among: passing, check: cancellation.check)
        var result = Duplicates(passing: passing?.count)
        result.passedOver = census.passedOver
        result.compared = census.uses.reduce(0) { $0 + Int($1) }
        var sets = DisjointSets(count: census.texts.count)
        for (left, right) in census.equals { sets.join(left, right) }
        try joinNear(census, &sets, &result)
        result.groups = try groups(census, &sets)
        return result
    }

    private func joinNear(
        _ census: PassageCensus, _ sets: inout DisjointSets, _ result: inout Duplicates
    ) throws {
        guard let fingerprint = try reader.activeFingerprint() else {
            result.notices = [
                "no passage has a vector yet, so only equal passages are found; run `lore index`"
            ]
            return
        }
        let vectors = StoredVectors(reader: reader, fingerprint: fingerprint)
        let texts = try reader.texts(withVectorsOf: fingerprint).filter {
            census.places[$0] != nil
        }
        var near = DisjointSets(count: texts.count)
        let total = pairs.steps(for: texts.count)
        try pairs.join(texts.count, in: &near) { range in
            try cancellation.check()
            return try vectors.vectors(of: Array(texts[range]))
        } afterStep: { done in
            onProgress(Duplicates.Progress(done: done, total: total))
            try cancellation.check()
        }
        for index in texts.indices {
            let root = near.root(of: index)
            guard root != index, let place = census.places[texts[index]],
                let other = census.places[texts[root]]
            else { continue }
            sets.join(place, other)
        }
    }

    private func groups(
        _ census: PassageCensus, _ sets: inout DisjointSets
    ) throws -> [[NotePassage]] {
        var members: [Int: [Int]] = [:]
        for place in census.texts.indices {
            members[sets.root(of: place), default: []].append(place)
        }
        let repeated = members.values.filter { places in
            places.count > 1 || census.uses[places[0]] > 1
        }
        let severalFolders = try reader.folders().count > 1
        return try repeated.map { places in
            try passages(ofTexts: places.map { census.texts[$0] }, severalFolders)
        }.sorted(by: precedes)
    }

    private func passages(
        ofTexts texts: [Int64], _ severalFolders: Bool
    ) throws -> [NotePassage] {
        let rows = try reader.chunks(ofTexts: texts).flatMap { $0 }.filter {
            passing?.contains(ChunkRow.document(of: $0)) ?? true
        }
        return try reader.chunks(rows: rows)
            .map { NotePassage($0, severalFolders: severalFolders) }
            .sorted { ($0.path, $0.range.lines.lowerBound) < ($1.path, $1.range.lines.lowerBound) }
    }

    /// Whether `left` repeats more text than `right`, or comes first by path and line.
    private func precedes(_ left: [NotePassage], _ right: [NotePassage]) -> Bool {
        let bytes = [left, right].map { $0.dropFirst().reduce(0) { $0 + $1.text.utf8.count } }
        if bytes[0] != bytes[1] { return bytes[0] > bytes[1] }
        guard let first = left.first, let other = right.first else { return false }
        return (first.path, first.range.lines.lowerBound)
            < (other.path, other.range.lines.lowerBound)
    }
}
