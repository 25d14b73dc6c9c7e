package import LoreCore

/// What came of a call.
package struct ToolOutcome: Hashable, Sendable {
    package let call: ToolCall
    package let output: ToolOutput
    package let isError: Bool

    package init(of call: ToolCall, _ output: ToolOutput, isError: Bool = false) {
        self.call = call
        self.output = output
        self.isError = isError
    }
}

/// Runs the calls of a reply with the tools that there are.
package struct ToolRunner: Sendable {
    private let tools: [any Tool]

    /// Of two tools with one name the first counts.
    package init(_ tools: [any Tool]) {
        var names: Set<String> = []
        self.tools = tools.filter { names.insert($0.definition.name).inserted }
    }

    package var definitions: [ToolDefinition] { tools.map(\.definition) }

    /// The outcomes of `calls` in their order; the calls run at once.
    ///
    /// Every call has an outcome: a call that is cut, has no readable arguments, names no tool or
    /// fails comes back to the model as an error.
    ///
    /// - Throws: `CancellationError` alone.
    package func outcomes(of calls: [ToolCall]) async throws -> [ToolOutcome] {
        try await withThrowingTaskGroup(of: (Int, ToolOutcome).self) { group in
            for (place, call) in calls.enumerated() {
                group.addTask { (place, try await outcome(of: call)) }
            }
            var outcomes: [(Int, ToolOutcome)] = []
            for try await outcome in group { outcomes.append(outcome) }
            return outcomes.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func outcome(of call: ToolCall) async throws -> ToolOutcome {
        guard let tool = tools.first(where: { $0.definition.name == call.name }) else {
            let names = tools.map(\.definition.name).joined(separator: ", ")
            return ToolOutcome(
                of: call, "there is no tool '\(call.name)'; there are: \(names)", isError: true)
        }
        do {
            return ToolOutcome(of: call, try await tool.run(call.arguments()))
        } catch let error as CancellationError {
            throw error
        } catch {
            return ToolOutcome(of: call, "\(error)", isError: true)
        }
    }
}
