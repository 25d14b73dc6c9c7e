/// Which model judges the best passages of a search: the setting `rerank`.
public enum RerankChoice: Sendable, Hashable {
    /// The reranking model that is installed, if there is exactly one.
    case auto
    /// None.
    case off
    /// The installed model of this name.
    case named(String)

    /// Reads `auto`, `off` or a name.
    public init(_ text: String) {
        self =
            switch text {
            case "auto": .auto
            case "off": .off
            default: .named(text)
            }
    }
}
