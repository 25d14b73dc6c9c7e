import LoreCore

/// The passages that a model may be sent, and what of them is held back from it.
struct SendablePassages: Sendable {
    /// Best first.
    let passages: [Hit]
    /// Passages of local-only notes.
    let heldBack: Int
    /// By the passages' ranks.
    private let origins: [Int: NoteOrigin]

    /// All of `passages` where the model is on this machine.
    init(_ passages: [Hit], _ origins: [NoteOrigin], isOnThisMachine: Bool) {
        let pairs = zip(passages, origins).filter { isOnThisMachine || !$1.isLocalOnly }
        self.passages = pairs.map(\.0)
        self.origins = Dictionary(uniqueKeysWithValues: pairs.map { ($0.rank, $1) })
        heldBack = passages.count - pairs.count
    }

    /// Where `sent`, some of the passages, come from.
    func origins(of sent: [Hit]) -> [NoteOrigin] {
        sent.map { hit in
            guard let origin = origins[hit.rank] else {
                preconditionFailure("no passage has rank \(hit.rank)")
            }
            return origin
        }
    }
}
