/// A key of `config.yaml`; in the environment it is `LORE_` and the key in capitals.
public enum SettingKey: String, Sendable, CaseIterable {
    case model
    case utilityModel = "utility_model"
    case embeddingModel = "embedding_model"
    case rerank
    case chunkTokens = "chunk_tokens"
    case temperature
    case maxTokens = "max_tokens"
    case passages
    case history
    case historyShare = "history_share"
    case historyTurns = "history_turns"
    case tools
    case strict
    case maxCostDay = "max_cost_day"
    case maxCostMonth = "max_cost_month"
    case connectTimeout = "connect_timeout"
    case idleTimeout = "idle_timeout"
    case totalTimeout = "total_timeout"
    case writerTimeout = "writer_timeout"
    case retries
    case localOnlyFolders = "local_only_folders"
    case localOnlyTags = "local_only_tags"
    case models

    /// For example `LORE_IDLE_TIMEOUT`.
    public var environmentName: String { "LORE_" + rawValue.uppercased() }
}
