package import LoreCore

/// Runs the calls of a reply with the tools that there are.
package struct ToolRunner: Sendable {
    private let tools: [any Tool]

    package init(_ tools: [any Tool]) { self.tools = tools }

    package var definitions: [ToolDefinition] { tools.map(\.definition) }

    /// The results of `calls` in their order; the calls run at once.
    ///
    /// Every call has a result: a call that is cut, has no readable arguments, names no tool or
    /// fails comes back to the model as an error.
    ///
    /// - Throws: `CancellationError` alone.
    package func results(of calls: [ToolCall]) async throws -> [ToolResult] {
        try await withThrowingTaskGroup(of: (Int, ToolResult).self) { group in
            for (place, call) in calls.enumerated() {
                group.addTask { (place, try await result(of: call)) }
            }
            var results: [(Int, ToolResult)] = []
            for try await result in group { results.append(result) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func result(of call: ToolCall) async throws -> ToolResult {
        guard let tool = tools.first(where: { $0.definition.name == call.name }) else {
            let names = tools.map(\.definition.name).joined(separator: ", ")
            let words = "there is no tool '\(call.name)'; there are: \(names)"
            return ToolResult(of: call, words, isError: true)
        }
        do {
            return ToolResult(of: call, try await tool.run(call.arguments()))
        } catch let error as CancellationError {
            throw error
        } catch {
            return ToolResult(of: call, "\(error)", isError: true)
        }
    }
}
