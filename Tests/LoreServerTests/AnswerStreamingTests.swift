import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Lore
import LoreServer
import NIOCore
import TestSupport
import Testing

@Suite struct AnswerStreamingTests {
    private struct Event {
        let name: String
        let json: [String: Any]
    }

    private func withClient(
        _ provider: ScriptedProvider, in folder: TemporaryFolder? = nil,
        _ body: @Sendable @escaping (any TestClientProtocol) async throws -> Void
    ) async throws {
        let folder = try folder ?? TemporaryFolder()
        try folder.write("# Tea\n\nSteep it for four minutes.\n", to: "notes/tea.md")
        var configuration = Configuration(
            database: folder.url.appending(path: "lore.db"),
            modelsDirectory: folder.url.appending(path: "models"),
            cacheDirectory: folder.url.appending(path: "cache"))
        // Scripted models on loopback reply in free text.
        configuration.strict = .off
        configuration.providers = ProviderVariables([
            "OLLAMA_HOST": provider.server.address(""), "ANTHROPIC_API_KEY": "sk-test",
            "ANTHROPIC_BASE_URL": provider.server.address(""),
        ])
        configuration.retries = 0
        let knowledgeBase = KnowledgeBase(configuration: configuration)
        _ = try await knowledgeBase.index(
            IndexRequest(folders: [folder.url.appending(path: "notes").path]))
        let application = Application(router: Routes(knowledgeBase: knowledgeBase).router())
        try await application.test(.live) { client in try await body(client) }
    }

    private func post(
        _ client: any TestClientProtocol, _ body: String, accept: String? = nil
    ) async throws -> (status: HTTPResponse.Status, text: String) {
        var headers: HTTPFields = [.contentType: "application/json"]
        headers[.accept] = accept
        return try await client.execute(
            uri: "/api/chat", method: .post, headers: headers, body: ByteBuffer(string: body)
        ) { ($0.status, String(buffer: $0.body)) }
    }

    /// The events of a stream; what has no name is `[DONE]`.
    private func events(_ text: String) throws -> [Event] {
        try text.components(separatedBy: "\n\n").filter { !$0.isEmpty && !$0.hasPrefix(":") }.map {
            let lines = $0.split(separator: "\n")
            guard lines.count == 2 else { return Event(name: String($0), json: [:]) }
            let data = Data(lines[1].dropFirst("data: ".count).utf8)
            let json = try JSONSerialization.jsonObject(with: data) as? [String: Any]
            return Event(name: String(lines[0].dropFirst("event: ".count)), json: json ?? [:])
        }
    }

    private let question =
        #""message": "How many minutes should tea steep?", "model": "ollama:qwen3""#

    @Test func `a question is asked as its fields say`() async throws {
        let provider = try ScriptedProvider()
        provider.next(
            .say(.text(#"{"minutes": 4, "cup": "small"}"#)),
            .say(.text(#"{"minutes": 5, "cup": "small"}"#)))
        let schema =
            #"{"type":"object","properties":{"minutes":{"type":"integer"},"cup":{"type":"string"}},"#
            + #""required":["minutes","cup"],"additionalProperties":false}"#
        let fields =
            #"{\#(question), "schema": \#(schema), "max_tokens": 77, "history": "trim", "#
            + #""attachment": "The cup is small.", "no_cache": true}"#
        let folder = try TemporaryFolder()
        for minutes in [4, 5] {
            try await withClient(provider, in: folder) { client in
                let (status, text) = try await post(client, fields)

                #expect(status == .ok)
                #expect(text.contains(#"{\"minutes\":\#(minutes),\"cup\":\"small\"}"#), "\(text)")
            }
        }
        let body = try #require(try provider.bodies.first)
        #expect(body["options"]?["num_predict"]?.int == 77)
        let names = body["format"]?["properties"]?.members?.map(\.name)
        #expect(names == ["minutes", "cup"])
        let turn = body["messages"]?.elements?.last?["content"]?.string
        #expect(turn?.contains("```attached text\nThe cup is small.\n```") == true)
    }

    @Test(arguments: [true, false])
    func `a model may look further into the notes where it is told so`(isTold: Bool) async throws {
        let provider = try ScriptedProvider()
        provider.next(.say(.text("Four minutes [1].")))
        try await withClient(provider) { client in
            let (status, _) = try await post(client, #"{\#(question), "tools": \#(isTold)}"#)

            #expect(status == .ok)
        }
        let body = try #require(try provider.bodies.first)
        #expect((body["tools"]?.elements?.isEmpty == false) == isTold)
    }

    @Test func `a strict answer cites sentences by a closed list`() async throws {
        let provider = try ScriptedProvider()
        provider.next(
            .say(.text(#"{"statements":[{"text":"Four minutes.","sources":["1.1"]}]}"#)))
        try await withClient(provider) { client in
            let (status, text) = try await post(
                client, #"{\#(question), "strict": true, "stream": true}"#)

            #expect(status == .ok)
            let citation = try #require(try events(text).first { $0.name == "citation" })
            #expect(citation.json["quote"] as? String == "Steep it for four minutes.")
        }
    }

    @Test func `what could cost more than it may is not sent`() async throws {
        let provider = try ScriptedProvider()
        try await withClient(provider) { client in
            let (status, text) = try await post(
                client,
                #"{"message": "How many minutes should tea steep?", "#
                    + #""model": "anthropic:claude-haiku-4-5", "max_cost": 0.000001}"#)

            #expect(status == .unprocessableContent)
            #expect(text.contains("cost_ceiling"))
        }
        #expect(provider.server.log.requests.isEmpty)
    }

    @Test func `an answer comes in the order of the interface`() async throws {
        let provider = try ScriptedProvider()
        provider.next(.say(.text("Four ", "minutes ", "[1]", ".")))
        try await withClient(provider) { client in
            let (status, text) = try await post(client, #"{\#(question), "stream": true}"#)
            let events = try events(text)

            #expect(status == .ok)
            var names = events.map(\.name)
            names.removeAll { $0 == "delta" }
            #expect(
                names == ["start", "sources", "citation", "usage", "done", "data: [DONE]"])
            let pieces = events.filter { $0.name == "delta" }.map {
                $0.json["text"] as? String ?? ""
            }
            #expect(pieces.joined() == "Four minutes [1].")
            #expect(events[0].json["model"] as? String == "ollama:qwen3")
            let citation = try #require(events.first { $0.name == "citation" }).json
            #expect(citation["quote"] as? String == "Steep it for four minutes.")
            #expect(citation["verified"] as? Bool == true)
            let usage = try #require(events.first { $0.name == "usage" }).json
            #expect(usage["input_tokens"] as? Int == 26)
            #expect(usage["cost_usd"] == nil)
            let done = try #require(events.first { $0.name == "done" }).json
            #expect(done["state"] as? String == "grounded")
            #expect(done["finish_reason"] as? String == "stop")
        }
    }

    @Test func `a client that accepts events gets them`() async throws {
        let provider = try ScriptedProvider()
        provider.next(.say(.text("Four minutes [1].")))
        try await withClient(provider) { client in
            let streamed = try await post(client, "{\(question)}", accept: "text/event-stream")

            #expect(streamed.text.hasPrefix("event: start\n"))
        }
    }

    @Test func `a failure before the first event has a status, a later one is an event`()
        async throws
    {
        let provider = try ScriptedProvider()
        provider.next(
            .say(.text("Four ", "minutes"), ScriptedDelivery(events: 2, ending: .close)))
        try await withClient(provider) { client in
            let early = try await post(
                client, #"{"message": "Tea?", "model": "openai:x", "stream": true}"#)
            let (status, text) = try await post(client, #"{\#(question), "stream": true}"#)
            let events = try events(text)

            #expect(early.status == .serviceUnavailable)
            #expect(status == .ok)
            #expect(events.suffix(2).map(\.name) == ["error", "data: [DONE]"])
            let error = events.first { $0.name == "error" }?.json["error"] as? [String: String]
            #expect(error?["code"] == "unavailable")
        }
    }

    @Test(arguments: [true, false])
    func `a client that leaves ends the provider's request`(streams: Bool) async throws {
        let provider = try ScriptedProvider()
        provider.next(
            .say(.text("Four ", "minutes"), ScriptedDelivery(events: 2, ending: .hang)))
        try await withClient(provider) { client in
            let port = try #require(client.port)
            let body = #"{\#(question), "stream": \#(streams)}"#
            let leaving = try LoopbackClient(port: port)
            try leaving.send(
                "POST /api/chat HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n"
                    + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
                    + body)
            if streams { try leaving.read(until: "event: delta") }
            await provider.server.wait { $0.requests.count == 1 }
            leaving.leave()

            await provider.server.wait { $0.peerCloses == 1 }
        }
    }

    @Test func `a client that accepts no events gets the whole answer`() async throws {
        let provider = try ScriptedProvider()
        provider.next(.say(.text("Four ", "minutes [1].")))
        try await withClient(provider) { client in
            let (status, text) = try await post(client, "{\(question)}")

            #expect(status == .ok)
            #expect(text.contains(#""response":"Four minutes [1].""#))
        }
    }
}
