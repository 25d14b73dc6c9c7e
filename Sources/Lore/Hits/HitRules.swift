/// How the hits of a list are chosen from a ranking; see `docs/RETRIEVAL.md`.
struct HitRules: Hashable, Sendable {
    /// Hits of one note, as long as other notes have any.
    var perDocument = 3
    /// Chunks that one hit is made of at most: what is read in one look.
    var chunksJoined = 3
    /// The share of the best chunk's score from which on a neighbour belongs to the hit.
    var neighbourShare = 0.8
    /// Chunks behind the last hit that are looked at for duplicates of the hits.
    var lookAhead = 40

    static let standard = HitRules()
}
