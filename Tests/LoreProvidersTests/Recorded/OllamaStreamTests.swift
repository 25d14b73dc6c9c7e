import LoreCore
import LoreProviders
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct OllamaStreamTests {
    private let stream: RecordedStream

    init() throws { stream = try RecordedStream() }

    private func end(_ counts: String) -> String {
        #"{"model":"qwen3:8b","message":{"role":"assistant","content":"a"},"done":true,"done_reason":"stop"\#(counts)}"#
    }

    /// 80,000 bytes are 10,000 tokens at the very least.
    @Test(arguments: [(9_999, true), (10_001, false)])
    func `a server that read less than was sent has cut the context`(read: Int, isCut: Bool) async {
        let text = String(repeating: "x", count: 80_008)
        let (events, _) = await stream.read(
            .ollama, end(#","prompt_eval_count":\#(read),"eval_count":1"#),
            request: ChatRequest(messages: [ChatMessage(.user, text)]))

        let notice = ChatNotice.contextCut(
            model: "qwen3:8b", readTokens: read, sentTokens: 25_003)
        #expect(events.reply?.notices == (isCut ? [notice] : []))
        #expect(events.notices == events.reply?.notices)
    }

    @Test func `an old server that leaves its count out is estimated`() async {
        let (events, _) = await stream.read(.ollama, end(#","eval_count":1"#))

        #expect(events.reply?.usage.isEstimated == true)
    }

    @Test func `an error in a line ends the reply`() async {
        let (events, error) = await stream.read(
            .ollama, #"{"model":"m","message":{"role":"assistant","content":"a"},"done":false}"#,
            #"{"error":"an error was encountered while running the model"}"#)

        #expect(events == [.text("a")])
        #expect(error as? ProviderError == .serverFailure(provider: "Ollama", status: nil))
    }

    @Test func `a call without an id gets one`() async throws {
        let (events, _) = await stream.read(
            .ollama,
            #"{"model":"m","message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"a","arguments":{"n":1.50}}},{"function":{"name":"b","arguments":{}}}]},"done":false}"#,
            end(""))

        #expect(events.calls.map(\.id) == ["call_0", "call_1"])
        #expect(events.calls[0].argumentText == #"{"n":1.50}"#)
    }
}
