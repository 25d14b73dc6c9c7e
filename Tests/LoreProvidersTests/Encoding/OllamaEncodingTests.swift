import LoreCore
import Testing

@testable import LoreProviders

@Suite struct OllamaEncodingTests {
    @Test func `a question carries its context, and is not to be cut`() {
        let body = EncodingRequests.body(EncodingRequests.plain, OllamaChat())

        #expect(
            body == """
                {"model":"m","messages":[{"role":"system","content":"Be brief."},\
                {"role":"user","content":"Hi"}],"think":true,"stream":true,"truncate":false,\
                "shift":false,"options":{"num_ctx":4096,"num_predict":100,"temperature":0.2,\
                "stop":["END"]}}
                """)
    }

    @Test func `a call's arguments are an object, and a result names its tool`() {
        let body = EncodingRequests.body(EncodingRequests.withTools, OllamaChat())

        #expect(
            body.contains(
                """
                {"role":"assistant","content":"Looking.","tool_calls":[{"id":"call_a",\
                "function":{"name":"search","arguments":{"q":"pump"}}}]},\
                {"role":"tool","tool_name":"search","tool_call_id":"call_a","content":"3 bar"}
                """))
    }

    /// 3.2 bytes a token at least, and 1024 tokens for the reply.
    @Test(arguments: [
        (9_830, nil, 4096), (9_831, nil, 8192), (100_000, nil, 32_768), (100_000, 40_960, 32_768),
        (200_000, 40_960, 40_960), (10, 2048, 2048),
    ])
    func `the context doubles until it holds prompt and reply, within the model's own`(
        bytes: Int, window: Int?, context: Int
    ) {
        var profile = ModelProfile(name: "m")
        profile.window = window
        let text = String(repeating: "x", count: bytes)

        let body = OllamaChat().encode(
            ChatRequest(messages: [ChatMessage(.user, text)]), for: profile, resuming: nil
        ).body

        #expect(body["options"]?["num_ctx"]?.int == context)
    }

    @Test(arguments: [
        ("qwen3", Effort.none, JSONValue(false)), ("qwen3", .high, true),
        ("gpt-oss:20b", .minimal, "low"), ("gpt-oss:20b", .max, "high"),
    ])
    func `effort is a degree for one family and yes or no for all others`(
        model: String, effort: Effort, think: JSONValue
    ) {
        var request = EncodingRequests.plain
        request.parameters.effort = effort

        let body = OllamaChat().encode(
            request, for: ModelProfile(name: model), resuming: nil
        ).body

        #expect(body["think"] == think)
    }
}
