import LoreCore
import LoreProviders
import Testing

@Suite struct TokenEstimateTests {
    private let tool = ToolDefinition(
        name: "find", description: "Finds.", parameters: ["type": "object"])

    @Test func `a request has the bytes of its texts, tools and schema`() {
        var request = ChatRequest(system: "Be brief.", messages: [ChatMessage(.user, "Why?")])
        #expect(request.inputBytes == 9 + 4)

        request.tools = [tool, tool]
        // {"type":"object"} has 17.
        #expect(request.inputBytes == 13 + 2 * (4 + 6 + 17))
        request.schema = ReplySchema(name: "answer", schema: ["type": "object"])
        #expect(request.inputBytes == 67 + 6 + 17)
        #expect(request.textBytes == 67)
    }

    @Test func `a token is taken to have 3.2 bytes`() {
        #expect(TokenEstimate.most(bytes: 32) == 10)
        #expect(TokenEstimate.most(bytes: 33) == 11)
    }
}
