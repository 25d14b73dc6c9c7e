/// What a model on this machine is for.
public enum ModelKind: String, Sendable, CaseIterable {
    /// Makes vectors of texts.
    case embedding
    /// Judges how well a passage answers a query.
    case reranking
}
