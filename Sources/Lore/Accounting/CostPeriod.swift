/// What a ceiling of cost is for.
public enum CostPeriod: String, Hashable, Sendable, CaseIterable {
    case answer, day, month

    /// Completes "embedding stopped before it would cost more than 2 USD".
    var ofEmbedding: String {
        switch self {
        case .answer: ""
        case .day: " with all else of today (max_cost_day)"
        case .month: " with all else of this month (max_cost_month)"
        }
    }

    /// Completes "of $2 …".
    var words: String {
        switch self {
        case .answer: "for this answer"
        case .day: "for today"
        case .month: "for this month"
        }
    }
}
