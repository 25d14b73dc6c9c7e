package import LoreCore

/// What is known of a model before it is asked.
package struct ModelProfile: Hashable, Sendable {
    /// What the provider calls it.
    package let name: String
    /// Tokens of a request and its reply; nil where nobody says.
    package var window: Int?
    /// Tokens of a reply at most.
    package var maxOutput: Int?
    /// The parameters that it refuses or does not heed.
    package var refuses: Set<Parameter> = []
    /// The efforts that it takes; nil where nobody says, and then all are tried.
    package var efforts: Set<Effort>?
    /// What it costs; nil where nobody says.
    package var prices: ModelPrices?

    package enum Parameter: String, Sendable, CaseIterable {
        case temperature
        case stop
        case effort
        /// A choice of tool that leaves the model none.
        case forcedTools = "forced_tools"
    }

    package init(name: String) { self.name = name }

    /// The parameters of `request` that the model takes, and a notice for each that it does not.
    func accepted(_ parameters: ChatParameters) -> (ChatParameters, [ChatNotice]) {
        var kept = parameters
        var dropped: [String] = []
        if refuses.contains(.temperature), parameters.temperature != nil {
            kept.temperature = nil
            dropped.append("temperature")
        }
        if refuses.contains(.stop), !parameters.stop.isEmpty {
            kept.stop = []
            dropped.append("stop")
        }
        if let effort = parameters.effort, !takes(effort) {
            kept.effort = nil
            dropped.append("effort '\(effort.rawValue)'")
        }
        if let maxOutput { kept.maxTokens = parameters.maxTokens.map { min($0, maxOutput) } }
        return (kept, dropped.map { .parameterDropped($0, model: name) })
    }

    /// The choice of tool that the model takes instead of `choice`, and a notice where it is another.
    func accepted(_ choice: ToolChoice) -> (ToolChoice, [ChatNotice]) {
        switch choice {
        case .required where refuses.contains(.forcedTools),
            .named where refuses.contains(.forcedTools):
            (.auto, [.parameterDropped("a forced choice of tool", model: name)])
        default: (choice, [])
        }
    }

    private func takes(_ effort: Effort) -> Bool {
        !refuses.contains(.effort) && (efforts?.contains(effort) ?? true)
    }
}
