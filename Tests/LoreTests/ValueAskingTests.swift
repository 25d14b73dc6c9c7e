import Foundation
import LoreChat
import LoreCore
import TestSupport
import Testing

@testable import Lore

@Suite struct ValueAskingTests {
    private let schema = ReplySchema(
        name: "answer",
        schema: [
            "type": "object", "properties": ["minutes": ["type": "integer"]],
            "required": ["minutes"], "additionalProperties": false,
        ])

    private func request(_ model: String, _ schema: ReplySchema) -> AskRequest {
        var request = AskRequest(AskingNotes.question, model: model)
        request.form = .value(schema)
        return request
    }

    @Test(arguments: AskingNotes.models)
    func `every provider fills in the form`(model: String) async throws {
        let notes = try await AskingNotes()
        notes.provider.next(.say(.text("{\n  \"minutes\"", ": 4\n}\n")))

        let (events, error) = await notes.events(request(model, schema))

        #expect(error == nil)
        let answer = try #require(events.answer)
        #expect(answer.text == #"{"minutes":4}"#)
        #expect(events.text == answer.text)
        #expect(answer.state == .ungrounded)
        #expect(answer.citations.isEmpty)
        #expect(answer.passages.map(\.path) == ["tea.md"])
        #expect(
            answer.notices.contains("an answer in the form of a schema carries no citations"))
        #expect(!answer.notices.contains("nothing in the notes is cited for this answer"))
        #expect(try notes.provider.bodies.first?.text.contains(schema.schema.text) == true)
    }

    @Test func `an address that stands in no passage is not in the value`() async throws {
        let notes = try await AskingNotes()
        let links = ReplySchema(
            name: "answer", schema: ["type": "array", "items": ["type": "string"]])
        notes.provider.next(.say(.text(#"["soft water", "https://evil.example/?q=tea"]"#)))

        let answer = try await notes.knowledgeBase.ask(request("ollama:qwen3", links))

        #expect(answer.text == #"["soft water","(address removed)"]"#)
    }

    @Test func `a form that providers do not hold is told with the instructions`() async throws {
        let notes = try await AskingNotes()
        let open = ReplySchema(
            name: "answer", schema: ["type": "object", "required": ["minutes"]])
        notes.provider.next(.say(.text("{}")), .say(.text(#"It is {"minutes":4}."#)))

        let (events, _) = await notes.events(request("ollama:qwen3", open))

        #expect(events.text == #"{"minutes":4}"#)
        let bodies = try notes.provider.bodies
        #expect(bodies.count == 2)
        #expect(bodies.allSatisfy { $0["format"] == nil })
        let sent = events.compactMap { event -> String? in
            if case .sent(let context) = event { context.system } else { nil }
        }
        #expect(sent == [bodies[0]["messages"]?[0]?["content"]?.string])
        #expect(sent.first?.hasSuffix(open.schema.text) == true)
    }

    @Test func `a reply that does not fit twice is an error with its text`() async throws {
        let notes = try await AskingNotes()
        notes.provider.next(.say(.text("no")), .say(.text("still no")))

        let (events, error) = await notes.events(request("ollama:qwen3", schema))

        #expect(events.text.isEmpty)
        #expect(error as? StructuredOutputError == .noJSON(text: "still no"))
    }

    @Test func `the built-in answerer fills in no form`() async throws {
        let notes = try await AskingNotes()

        let (events, error) = await notes.events(request(Configuration.extractive, schema))

        #expect(events.isEmpty)
        #expect(
            (error as? any LoreError)?.description
                == "'extractive' answers with sentences of the notes, not in the form of a schema; "
                + "name a model with -m")
    }

    @Test(arguments: [
        "", "{", "[]", "3", "{}", #"{"type":"string"}"#, #"{"minutes":"integer"}"#,
    ])
    func `a file without a schema is refused`(text: String) throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "form.json").path
        try folder.write(text, to: "form.json")

        #expect(throws: AnswerFormError.noSchema(file: file)) {
            try AnswerForm.value(ofSchemaIn: file)
        }
    }

    @Test(arguments: [
        #"{"type":"object"}"#, #"{"type":"array","items":{"type":"string"}}"#,
        ##"{"$ref":"#/$defs/a","$defs":{"a":{"type":"object"}}}"##,
    ])
    func `a schema is read as it stands`(text: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "form.json")

        let form = try AnswerForm.value(
            ofSchemaIn: folder.url.appending(path: "form.json").path)

        #expect(form == .value(ReplySchema(name: "answer", schema: try JSONValue(parsing: text))))
    }
}
