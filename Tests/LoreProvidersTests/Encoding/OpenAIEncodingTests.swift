import LoreCore
import Testing

@testable import LoreProviders

@Suite struct OpenAIEncodingTests {
    @Test func `OpenAI takes its own names of roles and limits, and stores nothing`() {
        let body = EncodingRequests.body(
            EncodingRequests.plain, OpenAIChat(flavour: .openAI))

        #expect(
            body == """
                {"model":"m","messages":[{"role":"developer","content":"Be brief."},\
                {"role":"user","content":"Hi"}],"max_completion_tokens":100,"temperature":0.2,\
                "stop":["END"],"reasoning_effort":"low","stream":true,\
                "stream_options":{"include_usage":true,"include_obfuscation":false},\
                "store":false}
                """)
    }

    @Test func `a compatible server gets the oldest names`() {
        let body = EncodingRequests.body(
            EncodingRequests.plain, OpenAIChat(flavour: .compatible))

        #expect(
            body == """
                {"model":"m","messages":[{"role":"system","content":"Be brief."},\
                {"role":"user","content":"Hi"}],"max_tokens":100,"temperature":0.2,\
                "stop":["END"],"reasoning_effort":"low","stream":true,\
                "stream_options":{"include_usage":true}}
                """)
    }

    @Test func `Mistral gets no field that it refuses, and ids of nine letters`() {
        let body = EncodingRequests.body(
            EncodingRequests.withTools, OpenAIChat(flavour: .mistral))

        #expect(
            body == """
                {"model":"m","messages":[{"role":"system","content":"Be brief."},\
                {"role":"user","content":"Pump?"},\
                {"role":"assistant","content":"Looking.","tool_calls":[{"id":"\(mistralID("call_a"))",\
                "type":"function","function":{"name":"search","arguments":"{\\"q\\":\\"pump\\"}"}}]},\
                {"role":"tool","tool_call_id":"\(mistralID("call_a"))","content":"3 bar"},\
                {"role":"tool","tool_call_id":"\(mistralID("call_b"))","content":"no"}],\
                "tools":[{"type":"function","function":{"name":"search",\
                "description":"Searches the notes.",\
                "parameters":\(EncodingRequests.searchParameters)}}],\
                "tool_choice":{"type":"function","function":{"name":"search"}},"stream":true}
                """)
    }

    private func mistralID(_ id: String) -> String { OpenAIFlavour.mistral.callID(id) }

    @Test(arguments: ["call_a", "toolu_01A09q90qw90lq917835lq9", "", "abc-efghi"])
    func `an id for Mistral is nine letters and digits, and the same each time`(id: String) {
        let short = mistralID(id)

        #expect(short.utf8.count == 9)
        #expect(short.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) })
        #expect(mistralID(id) == short)
        #expect(mistralID(short) == short)
        #expect(OpenAIFlavour.groq.callID(id) == id)
    }

    @Test func `a schema is sent as strict`() {
        let body = EncodingRequests.body(
            EncodingRequests.structured, OpenAIChat(flavour: .together))

        #expect(
            body == """
                {"model":"m","messages":[{"role":"user","content":"Hi"}],\
                "response_format":{"type":"json_schema","json_schema":{"name":"answer",\
                "schema":{"type":"object"},"strict":true}},"stream":true,\
                "stream_options":{"include_usage":true}}
                """)
    }

    @Test func `Responses gets the whole conversation, and stop is left out`() {
        let wire = OpenAIResponses().encode(
            EncodingRequests.plain, for: ModelProfile(name: "m"), resuming: nil)

        #expect(wire.path == "/responses")
        #expect(wire.notices == [.parameterDropped("stop", model: "m")])
        #expect(
            wire.body.text == """
                {"model":"m","instructions":"Be brief.",\
                "input":[{"type":"message","role":"user","content":"Hi"}],\
                "max_output_tokens":100,"temperature":0.2,"reasoning":{"effort":"low"},"stream":true,"store":false,\
                "include":["reasoning.encrypted_content"]}
                """)
    }

    @Test func `Responses has an item for each call and each result`() {
        let body = EncodingRequests.body(EncodingRequests.withTools, OpenAIResponses())

        #expect(
            body == """
                {"model":"m","instructions":"Be brief.","input":[\
                {"type":"message","role":"user","content":"Pump?"},\
                {"type":"message","role":"assistant","content":"Looking."},\
                {"type":"function_call","call_id":"call_a","name":"search","arguments":"{\\"q\\":\\"pump\\"}"},\
                {"type":"function_call_output","call_id":"call_a","output":"3 bar"},\
                {"type":"function_call_output","call_id":"call_b","output":"no"}],\
                "tools":[{"type":"function","name":"search",\
                "description":"Searches the notes.",\
                "parameters":\(EncodingRequests.searchParameters),"strict":false}],\
                "tool_choice":{"type":"function","name":"search"},"stream":true,"store":false,\
                "include":["reasoning.encrypted_content"]}
                """)
    }

    @Test func `a model's own items go back to it unchanged, and to no other`() {
        let items: JSONValue = [["type": "reasoning", "id": "rs", "encrypted_content": "g"]]
        let turn = ChatMessage(
            .assistant, [.text("a")],
            original: OriginalTurn(dialect: "openai-responses", model: "m", content: items))
        let request = ChatRequest(messages: [turn])

        #expect(EncodingRequests.body(request, OpenAIResponses()).contains("encrypted_content"))
        let other = EncodingRequests.body(request, OpenAIResponses(), model: "n")
        #expect(!other.contains("encrypted_content\":"))
    }
}
