/// What a ceiling of cost is for.
public enum CostPeriod: String, Hashable, Sendable, CaseIterable {
    case answer, day, month

    /// Completes "of $2 …".
    var words: String {
        switch self {
        case .answer: "for this answer"
        case .day: "for today"
        case .month: "for this month"
        }
    }
}
