import LoreChat
import LoreCore
import Testing

@Suite(.timeLimit(.minutes(1))) struct ToolRunnerTests {
    /// Says what it was given, or fails, or waits for another to run.
    private struct Echo: Tool {
        let definition: ToolDefinition
        let body: @Sendable (JSONValue) async throws -> ToolOutput

        init(
            _ name: String, _ body: @escaping @Sendable (JSONValue) async throws -> ToolOutput
        ) {
            definition = ToolDefinition(name: name, description: "", parameters: [:])
            self.body = body
        }

        func run(_ arguments: JSONValue) async throws -> ToolOutput {
            try await body(arguments)
        }
    }

    private struct Failure: Error, CustomStringConvertible { let description = "disk full" }

    private func call(_ name: String, _ arguments: String = "{}", isCut: Bool = false) -> ToolCall {
        ToolCall(id: "id-\(name)", name: name, argumentText: arguments, isCut: isCut)
    }

    @Test func `every call has an outcome in its place, and failures are for the model`()
        async throws
    {
        let runner = ToolRunner([
            Echo("echo") { ToolOutput($0.text) }, Echo("fail") { _ in throw Failure() },
        ])
        let calls = [
            call("echo", #"{"q":1}"#), call("fail"), call("none"), call("echo", "{"),
            call("echo", "{}", isCut: true),
        ]

        let outcomes = try await runner.outcomes(of: calls)

        #expect(outcomes.map(\.isError) == [false, true, true, true, true])
        #expect(outcomes[0].output.text == #"{"q":1}"#)
        #expect(outcomes[1].output.text == "disk full")
        #expect(outcomes[2].output.text == "there is no tool 'none'; there are: echo, fail")
        #expect(outcomes[3].output.text.hasPrefix("the arguments of 'echo' are not a JSON object"))
        #expect(outcomes[4].output.text.hasPrefix("the call of 'echo' was cut off"))
        #expect(outcomes.map(\.call.id) == calls.map(\.id))
    }

    @Test func `calls run at once`() async throws {
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        let runner = ToolRunner([
            Echo("first") { _ in
                for await _ in arrivals { return "first" }
                return "never"
            },
            Echo("second") { _ in
                arrived.yield()
                return "second"
            },
        ])

        let outcomes = try await runner.outcomes(of: [call("first"), call("second")])

        #expect(outcomes.map(\.output.text) == ["first", "second"])
    }

    @Test func `a run that is cancelled has no outcomes`() async {
        let runner = ToolRunner([
            Echo("wait") { _ in
                try await Task.sleep(for: .seconds(100))
                return ""
            }
        ])
        let calls = [call("wait")]
        let task = Task { try await runner.outcomes(of: calls) }
        task.cancel()

        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
