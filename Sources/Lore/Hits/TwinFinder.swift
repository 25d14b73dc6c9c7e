import LoreSearch

/// Finds which hit says what another passage says.
///
/// As for `lore duplicates`, passages are duplicates where their text is equal but for white space,
/// or where both are long enough and the cosine of their vectors reaches
/// `Configuration.duplicateThreshold`.
struct TwinFinder {
    private var hitsByWords: [[UInt8]: Int] = [:]
    private var vectors: NearVectors
    /// The hit of each kept vector.
    private var hits: [Int] = []

    init(dimensions: Int) {
        vectors = NearVectors(
            threshold: Configuration.duplicateThreshold, dimensions: dimensions)
    }

    /// Keeps `passage` as a part of the hit numbered `hit`.
    mutating func keep(_ passage: ComparedPassage, of hit: Int) {
        if hitsByWords[passage.words] == nil { hitsByWords[passage.words] = hit }
        guard let vector = passage.vector else { return }
        vectors.append(vector)
        hits.append(hit)
    }

    /// The best hit that a part of says what `passage` does; nil where none does.
    func hit(like passage: ComparedPassage) -> Int? {
        if let hit = hitsByWords[passage.words] { return hit }
        return passage.vector.flatMap(vectors.first).map { hits[$0] }
    }
}
