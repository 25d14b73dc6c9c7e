import LoreProviders

extension ProviderError {
    /// Whether other questions may well be answered by the same model.
    var isOfOneRequest: Bool {
        switch self {
        case .contextTooLong, .filtered, .badRequest: true
        default: false
        }
    }

    /// Whether it leaves open if the provider took what was sent.
    var leavesOpenWhetherSent: Bool {
        switch self {
        case .timeout(.connect, _): false
        case .timeout, .interrupted, .serverFailure, .cutShort, .malformed, .tooLarge, .http:
            true
        default: false
        }
    }
}
