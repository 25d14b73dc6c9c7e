/// Whether something is done: always, never, or where it does good.
public enum AutomaticChoice: String, Sendable, CaseIterable {
    case auto
    case on
    case off

    /// Whether it is done, where `auto` says so.
    func holds(automatically auto: Bool) -> Bool {
        switch self {
        case .auto: auto
        case .on: true
        case .off: false
        }
    }
}
