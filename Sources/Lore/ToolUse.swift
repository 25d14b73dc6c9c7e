/// Whether a model may call tools to look further into the notes: the setting `tools`.
public enum ToolUse: String, Sendable, CaseIterable {
    /// A model elsewhere may: small models, as they run on one's own machine, call tools where they
    /// should answer.
    case auto
    case on
    case off

    /// Whether it holds for a model that is on this machine or elsewhere.
    func holds(onThisMachine isOnThisMachine: Bool) -> Bool {
        switch self {
        case .auto: !isOnThisMachine
        case .on: true
        case .off: false
        }
    }
}
