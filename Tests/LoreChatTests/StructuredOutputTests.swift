import LoreChat
import LoreCore
import TestSupport
import Testing

@Suite struct StructuredOutputTests {
    private let output = StructuredOutput(
        ReplySchema(
            name: "answer",
            schema: [
                "type": "object", "properties": ["n": ["type": "integer"]], "required": ["n"],
                "additionalProperties": false,
            ]))
    private let request = ChatRequest(system: "Be brief.", messages: [ChatMessage(.user, "Hi")])

    @Test(arguments: [
        #"{"n":1}"#, "```json\n{\"n\": 1}\n```", "Sure [as asked]: {\"n\":1} Anything else?",
    ])
    func `a reply that fits is read in a fence and in prose too`(text: String) async throws {
        let model = ScriptedChatModel(text)

        let reply = try await output.reply(to: request, from: model)

        #expect(reply.value["n"]?.int == 1)
        #expect(model.requests.map(\.schema?.name) == ["answer"])
        #expect(model.requests[0].system == "Be brief.")
    }

    @Test func `a model that cannot be held to a schema is told it`() async throws {
        let model = ScriptedChatModel(#"{"n":1}"#, holdsSchemas: false)

        _ = try await output.reply(to: request, from: model)

        #expect(model.requests[0].schema == nil)
        #expect(
            model.requests[0].system == """
                Be brief.

                Reply with JSON alone that fits this JSON Schema: {"type":"object",\
                "properties":{"n":{"type":"integer"}},"required":["n"],\
                "additionalProperties":false}
                """)
    }

    @Test func `a reply that does not fit goes back once with what is wrong`() async throws {
        let model = ScriptedChatModel(#"{"n":"x","m":2}"#, #"{"n":1}"#)

        let reply = try await output.reply(to: request, from: model)

        #expect(reply.value["n"]?.int == 1)
        #expect(reply.reply.usage == TokenUsage(inputTokens: 20, outputTokens: 2))
        let correction = try #require(model.requests[1].messages.last?.text)
        #expect(
            correction.hasPrefix(
                """
                Your reply does not fit:
                - 'n' of the reply is not of type integer
                - the reply may not have 'm'
                Reply with JSON alone
                """))
    }

    @Test func `a second reply that does not fit is an error with its text`() async {
        let noJSON = await #expect(throws: StructuredOutputError.self) {
            _ = try await output.reply(to: request, from: ScriptedChatModel("no", "still no"))
        }
        let wrong = await #expect(throws: StructuredOutputError.self) {
            _ = try await output.reply(to: request, from: ScriptedChatModel("no", "{}"))
        }

        #expect(
            noJSON?.description == "the model did not reply with JSON but: still no; "
                + "try a larger model or a simpler schema")
        #expect(
            wrong?.description
                == "the model's reply does not fit the schema: the reply has no 'n'; "
                + "it was: {}; try a larger model or a simpler schema")
    }

    @Test(arguments: [
        (#"{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}"#, #"{"n":1}"#),
        (
            #"{"type":"object","properties":{"n":{}},"additionalProperties":false}"#, #"{"n":1}"#
        ),
        (#"{"type":"array","items":{"type":"object"}}"#, "[{}]"),
    ])
    func `a form that providers do not hold is told`(schema: String, text: String) async throws {
        let form = ReplySchema(name: "answer", schema: try JSONValue(parsing: schema))
        let model = ScriptedChatModel(text)

        let reply = try await StructuredOutput(form).reply(to: request, from: model)

        #expect(reply.value.text == text)
        #expect(model.requests[0].schema == nil)
        #expect(model.requests[0].system.hasSuffix(schema))
    }
}
