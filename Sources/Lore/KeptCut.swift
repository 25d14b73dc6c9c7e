import LoreCore
import LoreIngest

/// Tells whether notes that were cut earlier may stay as they are, so that a change of model costs
/// vectors alone and its undoing nothing.
struct KeptCut {
    /// How notes are cut now.
    let wanted: ChunkingFingerprint
    /// Tokens the model reads of a text, special ones excepted; nil where no model is installed.
    let room: Int?

    /// Whether notes cut as `description` says serve as well as those cut now.
    ///
    /// Two tokenizers count the same text within a factor of two: what has twice the room that
    /// another one's chunks need reads them whole. A cut by the estimate gives way to any model's,
    /// never the other way round.
    func serves(_ description: String) -> Bool {
        if description == wanted.description { return true }
        guard let cut = ChunkingFingerprint(description), cut.version == wanted.version,
            cut.counter != EstimatedTokenCounter().name
        else { return false }
        guard let room else { return true }
        guard cut.maxTokens == wanted.maxTokens else { return false }
        return room >= 2 * cut.maxTokens
    }
}

extension ChunkingFingerprint {
    /// Reads what `description` writes; nil for anything else.
    init?(_ description: String) {
        let parts = description.split(separator: "/", maxSplits: 2)
        guard parts.count == 3, parts[0].first == "v", let version = Int(parts[0].dropFirst()),
            let maxTokens = Int(parts[1])
        else { return nil }
        self.init(version: version, maxTokens: maxTokens, counter: String(parts[2]))
    }
}
