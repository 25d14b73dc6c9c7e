import LoreCore

/// What a model took, in one line.
enum CostRendering {
    static func line(of cost: ModelCost) -> String {
        let day = cost.day.map { $0 + "  " } ?? ""
        let price = cost.cost.map { "$\(decimal($0, places: 4))" } ?? "price unknown"
        let requests = cost.requests == 1 ? "1 request" : "\(cost.requests) requests"
        let cached =
            cost.usage.cachedTokens > 0 ? " (\(cost.usage.cachedTokens) cached)" : ""
        return "\(day)\(Terminal.path(cost.model))  \(cost.purpose.rawValue)  \(requests), "
            + "\(cost.usage.inputTokens) tokens in\(cached), "
            + "\(cost.usage.outputTokens) out  \(price)"
    }
}
