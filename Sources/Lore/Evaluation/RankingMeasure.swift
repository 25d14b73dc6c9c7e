import LoreSearch

/// A figure that tells how good a ranking is, by its name in JSON.
public enum RankingMeasure: String, CaseIterable, Sendable {
    case ndcg10 = "ndcg@10"
    case recall10 = "recall@10"
    case recall100 = "recall@100"
    case mrr10 = "mrr@10"

    /// The figure of each question.
    func values(_ metrics: [RetrievalMetrics]) -> [Double] {
        switch self {
        case .ndcg10: metrics.map(\.ndcg10)
        case .recall10: metrics.map(\.recall10)
        case .recall100: metrics.map(\.recall100)
        case .mrr10: metrics.map(\.mrr10)
        }
    }
}
