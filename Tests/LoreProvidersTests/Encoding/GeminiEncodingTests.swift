import LoreCore
import Testing

@testable import LoreProviders

@Suite struct GeminiEncodingTests {
    @Test func `a question has contents and a configuration`() {
        let wire = GeminiGenerate().encode(
            EncodingRequests.plain, for: ModelProfile(name: "g"), resuming: nil)

        #expect(wire.path == "/v1/models/g:streamGenerateContent?alt=sse")
        #expect(
            wire.body.text == """
                {"systemInstruction":{"parts":[{"text":"Be brief."}]},\
                "contents":[{"role":"user","parts":[{"text":"Hi"}]}],\
                "generationConfig":{"temperature":0.2,"maxOutputTokens":100,\
                "stopSequences":["END"],"thinkingConfig":{"thinkingLevel":"LOW"}}}
                """)
    }

    @Test func `each call has its one response, and a foreign call its stand-in signature`() {
        let body = EncodingRequests.body(EncodingRequests.withTools, GeminiGenerate())

        #expect(
            body == """
                {"systemInstruction":{"parts":[{"text":"Be brief."}]},"contents":[\
                {"role":"user","parts":[{"text":"Pump?"}]},\
                {"role":"model","parts":[{"text":"Looking."},{"functionCall":{"id":"call_a",\
                "name":"search","args":{"q":"pump"}},\
                "thoughtSignature":"skip_thought_signature_validator"}]},\
                {"role":"user","parts":[{"functionResponse":{"id":"call_a","name":"search",\
                "response":{"output":"3 bar"}}},{"functionResponse":{"id":"call_b",\
                "name":"search","response":{"error":"no"}}}]}],\
                "tools":[{"functionDeclarations":[{"name":"search",\
                "description":"Searches the notes.",\
                "parametersJsonSchema":\(EncodingRequests.searchParameters)}]}],\
                "toolConfig":{"functionCallingConfig":{"mode":"ANY",\
                "allowedFunctionNames":["search"]}}}
                """)
    }

    @Test func `an older model gets no signature, and a moving name the newer version`() {
        let body = EncodingRequests.body(
            EncodingRequests.withTools, GeminiGenerate(), model: "gemini-2.5-flash")
        let path = GeminiGenerate().encode(
            EncodingRequests.plain, for: ModelProfile(name: "gemini-flash-latest"), resuming: nil
        ).path

        #expect(!body.contains("thoughtSignature"))
        #expect(path.hasPrefix("/v1beta/"))
    }

    @Test func `an id that lore made stays here`() {
        let call = ToolCall(id: GeminiCallID.make(0), name: "search", argumentText: "{}")
        let request = ChatRequest(messages: [
            ChatMessage(.assistant, [.toolCall(call)]),
            ChatMessage(.user, [.toolResult(ToolResult(of: call, "x"))]),
        ])

        #expect(!EncodingRequests.body(request, GeminiGenerate()).contains("gemini-call"))
    }

    @Test func `a schema asks for JSON`() {
        let body = EncodingRequests.body(EncodingRequests.structured, GeminiGenerate())

        #expect(
            body == """
                {"contents":[{"role":"user","parts":[{"text":"Hi"}]}],"generationConfig":\
                {"responseMimeType":"application/json","responseJsonSchema":{"type":"object"}}}
                """)
    }
}
