package import LoreCore

/// `cost --json` and `GET /api/cost`.
package struct CostBody: Encodable, Sendable {
    struct Entry: Encodable, Sendable {
        let model: String
        let day: String?
        let purpose: String
        let requests: Int
        let inputTokens: Int
        let outputTokens: Int
        let cachedTokens: Int
        /// Absent where the price of none of them is known.
        let costUsd: Double?
    }

    let entries: [Entry]
    let totalUsd: Double

    package init(_ costs: [ModelCost]) {
        entries = costs.map {
            Entry(
                model: $0.model, day: $0.day, purpose: $0.purpose.rawValue,
                requests: $0.requests, inputTokens: $0.usage.inputTokens,
                outputTokens: $0.usage.outputTokens, cachedTokens: $0.usage.cachedTokens,
                costUsd: $0.cost)
        }
        totalUsd = costs.reduce(0) { $0 + ($1.cost ?? 0) }
    }
}
