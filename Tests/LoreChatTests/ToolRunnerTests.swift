import LoreChat
import LoreCore
import Testing

@Suite(.timeLimit(.minutes(1))) struct ToolRunnerTests {
    /// Says what it was given, or fails, or waits for another to run.
    private struct Echo: Tool {
        let definition: ToolDefinition
        let body: @Sendable (JSONValue) async throws -> String

        init(_ name: String, _ body: @escaping @Sendable (JSONValue) async throws -> String) {
            definition = ToolDefinition(name: name, description: "", parameters: [:])
            self.body = body
        }

        func run(_ arguments: JSONValue) async throws -> String { try await body(arguments) }
    }

    private struct Failure: Error, CustomStringConvertible { let description = "disk full" }

    private func call(_ name: String, _ arguments: String = "{}", isCut: Bool = false) -> ToolCall {
        ToolCall(id: "id-\(name)", name: name, argumentText: arguments, isCut: isCut)
    }

    @Test func `every call has a result in its place, and failures are for the model`()
        async throws
    {
        let runner = ToolRunner([Echo("echo") { $0.text }, Echo("fail") { _ in throw Failure() }])
        let calls = [
            call("echo", #"{"q":1}"#), call("fail"), call("none"), call("echo", "{"),
            call("echo", "{}", isCut: true),
        ]

        let results = try await runner.results(of: calls)

        #expect(results.map(\.isError) == [false, true, true, true, true])
        #expect(results[0].content == #"{"q":1}"#)
        #expect(results[1].content == "disk full")
        #expect(results[2].content == "there is no tool 'none'; there are: echo, fail")
        #expect(results[3].content.hasPrefix("the arguments of 'echo' are not a JSON object"))
        #expect(results[4].content.hasPrefix("the call of 'echo' was cut off"))
        #expect(results.map(\.callID) == calls.map(\.id))
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

        let results = try await runner.results(of: [call("first"), call("second")])

        #expect(results.map(\.content) == ["first", "second"])
    }

    @Test func `a run that is cancelled has no results`() async {
        let runner = ToolRunner([
            Echo("wait") { _ in
                try await Task.sleep(for: .seconds(100))
                return ""
            }
        ])
        let calls = [call("wait")]
        let task = Task { try await runner.results(of: calls) }
        task.cancel()

        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
