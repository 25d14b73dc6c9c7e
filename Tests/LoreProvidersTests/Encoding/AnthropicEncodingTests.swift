import LoreCore
import Testing

@testable import LoreProviders

@Suite struct AnthropicEncodingTests {
    @Test func `instructions stand apart, and the limit is always sent`() {
        var request = EncodingRequests.plain
        request.parameters.temperature = nil
        request.parameters.maxTokens = nil

        let wire = AnthropicMessages().encode(
            request, for: ModelProfile(name: "m"), resuming: nil)

        #expect(wire.path == "/v1/messages")
        #expect(
            wire.body.text == """
                {"model":"m","max_tokens":4096,"system":[{"type":"text","text":"Be brief.",\
                "cache_control":{"type":"ephemeral"}}],\
                "messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}],\
                "stop_sequences":["END"],"output_config":{"effort":"low"},"stream":true}
                """)
    }

    @Test func `temperature is never sent`() {
        let wire = AnthropicMessages().encode(
            EncodingRequests.plain, for: ModelProfile(name: "m"), resuming: nil)

        #expect(wire.body["temperature"] == nil)
        #expect(wire.notices == [.parameterDropped("temperature", model: "m")])
    }

    @Test func `results are blocks of the user's turn, and an open loop is cached to its end`() {
        let body = EncodingRequests.body(EncodingRequests.withTools, AnthropicMessages())

        #expect(
            body == """
                {"model":"m","max_tokens":4096,"system":[{"type":"text","text":"Be brief.",\
                "cache_control":{"type":"ephemeral"}}],"messages":[\
                {"role":"user","content":[{"type":"text","text":"Pump?"}]},\
                {"role":"assistant","content":[{"type":"text","text":"Looking."},\
                {"type":"tool_use","id":"call_a","name":"search","input":{"q":"pump"}}]},\
                {"role":"user","content":[\
                {"type":"tool_result","tool_use_id":"call_a","content":"3 bar"},\
                {"type":"tool_result","tool_use_id":"call_b","content":"no","is_error":true,\
                "cache_control":{"type":"ephemeral"}}]}],\
                "tools":[{"name":"search","description":"Searches the notes.",\
                "input_schema":\(EncodingRequests.searchParameters)}],\
                "tool_choice":{"type":"tool","name":"search"},"stream":true}
                """)
    }

    @Test func `what comes again in the next turn is cached, the new question is not`() {
        let request = ChatRequest(
            messages: [
                ChatMessage(.user, "a"), ChatMessage(.assistant, "b"), ChatMessage(.user, "c"),
            ], tools: [TestModels.searchTool])

        let body = AnthropicMessages().encode(
            request, for: ModelProfile(name: "m"), resuming: nil
        ).body

        #expect(body["tools"]?[0]?["cache_control"] != nil)
        let isCached = (0..<3).map { turn in
            body["messages"]?[turn]?["content"]?[0]?["cache_control"] != nil
        }
        #expect(isCached == [false, true, false])
    }

    @Test func `thinking goes back unchanged to the model that thought`() {
        let blocks: JSONValue = [
            ["type": "thinking", "thinking": "", "signature": "Er"], ["type": "text", "text": "a"],
        ]
        let turn = ChatMessage(
            .assistant, [.text("a")],
            original: OriginalTurn(dialect: "anthropic", model: "m", content: blocks))
        let request = ChatRequest(messages: [ChatMessage(.user, "q"), turn])
        func content(_ request: ChatRequest, model: String = "m") -> JSONValue? {
            AnthropicMessages().encode(
                request, for: ModelProfile(name: model), resuming: nil
            ).body["messages"]?[1]?["content"]
        }

        #expect(content(request) == blocks)
        #expect(content(request, model: "n") == [["type": "text", "text": "a"]])
        var stripped = request
        stripped.messages = request.messages.map(\.withoutOriginal)
        #expect(content(stripped) == [["type": "text", "text": "a"]])
    }

    @Test func `a schema goes into the output's configuration`() {
        let body = EncodingRequests.body(EncodingRequests.structured, AnthropicMessages())

        #expect(
            body.contains(
                #""output_config":{"format":{"type":"json_schema","schema":{"type":"object"}}}"#))
    }

    @Test func `bounds that the provider refuses are left out of a schema`() throws {
        var request = EncodingRequests.structured
        request.schema = ReplySchema(
            name: "answer",
            schema: [
                "type": "object",
                "properties": [
                    "maximum": ["type": "integer", "minimum": 1, "maximum": 9],
                    "names": ["type": "array", "minItems": 2, "maxItems": 3],
                    "words": ["type": "array", "minItems": 1],
                ],
            ])

        let body = EncodingRequests.body(request, AnthropicMessages())

        #expect(
            body.contains(
                """
                "schema":{"type":"object","properties":{"maximum":{"type":"integer"},\
                "names":{"type":"array"},"words":{"type":"array","minItems":1}}}
                """))
    }
}
