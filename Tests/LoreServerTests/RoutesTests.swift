import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Lore
import LoreServer
import NIOCore
import TestSupport
import Testing

@Suite struct RoutesTests {
    /// A server over two notes, without an embedding model.
    private func withClient(
        _ body: @Sendable @escaping (any TestClientProtocol) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        try folder.write("# Tea\n\nSteep for four minutes.\n", to: "notes/tea.md")
        try folder.write("# Bread\n\nFlour, water, salt.\n", to: "notes/bread.md")
        var configuration = Configuration(
            database: folder.url.appending(path: "lore.db"),
            modelsDirectory: folder.url.appending(path: "models"),
            cacheDirectory: folder.url.appending(path: "cache"))
        // Scripted models on loopback reply in free text.
        configuration.strict = .off
        configuration.providers = ProviderVariables(["GROQ_API_KEY": "sk-test"])
        let knowledgeBase = KnowledgeBase(configuration: configuration)
        _ = try await knowledgeBase.index(
            IndexRequest(folders: [folder.url.appending(path: "notes").path]))
        let application = Application(router: Routes(knowledgeBase: knowledgeBase).router())
        try await application.test(.router) { client in try await body(client) }
    }

    private func post(
        _ client: any TestClientProtocol, _ path: String, _ body: String,
        headers: HTTPFields = [.contentType: "application/json"]
    ) async throws -> (status: HTTPResponse.Status, json: [String: Any]) {
        try await client.execute(
            uri: path, method: .post, headers: headers, body: ByteBuffer(string: body)
        ) { response in (response.status, try json(response.body)) }
    }

    private func json(_ body: ByteBuffer) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(body.readableBytesView))
        return try #require(object as? [String: Any])
    }

    private func message(_ json: [String: Any]) -> String? {
        (json["error"] as? [String: String])?["message"]
    }

    @Test func `health says that the server lives and nothing else`() async throws {
        try await withClient { client in
            try await client.execute(uri: "/health", method: .get) { response in
                #expect(response.status == .ok)
                #expect(String(buffer: response.body) == #"{"status":"ok"}"#)
            }
        }
    }

    @Test func `status counts the notes`() async throws {
        try await withClient { client in
            let body = try await client.execute(uri: "/api/status", method: .get) { $0.body }

            #expect(try json(body)["documents"] as? Int == 2)
        }
    }

    @Test func `search answers as the command does`() async throws {
        try await withClient { client in
            let (status, body) = try await post(
                client, "/api/search",
                #"{"query": "steep", "mode": "lexical", "limit": 3, "explain": true}"#)

            #expect(status == .ok)
            let hit = try #require((body["hits"] as? [[String: Any]])?.first)
            #expect(hit["path"] as? String == "tea.md")
            #expect(hit["explanation"] != nil)
        }
    }

    @Test func `a search keeps to the notes that pass its filter`() async throws {
        try await withClient { client in
            let (status, body) = try await post(
                client, "/api/search", #"{"query": "steep water", "where": "file:bread"}"#)
            let (_, none) = try await post(
                client, "/api/search", #"{"query": "steep", "where": "path:bread.md"}"#)

            let paths = (body["hits"] as? [[String: Any]])?.map { $0["path"] as? String }
            #expect(status == .ok)
            #expect(paths == ["bread.md"])
            #expect(body["passing_filter"] as? Int == 1)
            #expect((none["hits"] as? [Any])?.isEmpty == true)
        }
    }

    @Test func `chat asks only the notes that pass its filter`() async throws {
        try await withClient { client in
            let question = "How many minutes should tea steep?"
            let (_, tea) = try await post(
                client, "/api/chat", #"{"message": "\#(question)", "where": "path:tea"}"#)
            let (_, bread) = try await post(
                client, "/api/chat", #"{"message": "\#(question)", "where": "path:bread"}"#)

            #expect(tea["state"] as? String == "grounded")
            #expect(bread["state"] as? String == "not_found")
        }
    }

    @Test func `chat answers with its sources`() async throws {
        try await withClient { client in
            let (status, body) = try await post(
                client, "/api/chat", #"{"message": "How many minutes should tea steep?"}"#)

            #expect(status == .ok)
            #expect(body["response"] as? String == body["answer"] as? String)
            #expect(body["conversation_id"] is String)
        }
    }

    @Test func `a conversation goes on, is listed, shown and deleted`() async throws {
        try await withClient { client in
            let question = "How many minutes should tea steep?"
            let (_, first) = try await post(client, "/api/chat", #"{"message": "\#(question)"}"#)
            let id = try #require(first["conversation_id"] as? String)
            let (_, second) = try await post(
                client, "/api/chat", #"{"message": "\#(question)", "conversation_id": "\#(id)"}"#)
            let list = try await get(client, "/api/conversations").json
            let shown = try await get(client, "/api/conversations/\(id)").json
            let deleted = try await get(client, "/api/conversations/\(id)", .delete)
            let gone = try await get(client, "/api/conversations/\(id)")
            let unknown = try await post(
                client, "/api/chat", #"{"message": "\#(question)", "conversation_id": "\#(id)"}"#)

            #expect(second["conversation_id"] as? String == id)
            let entries = list["conversations"] as? [[String: Any]]
            #expect(entries?.map { $0["turns"] as? Int } == [2])
            let turns = shown["turns"] as? [[String: Any]]
            #expect(turns?.map { $0["question"] as? String } == [question, question])
            #expect(deleted.json["deleted"] as? String == id)
            #expect(gone.status == .notFound)
            #expect(unknown.status == .notFound)
        }
    }

    @Test func `cost is told by model and day`() async throws {
        try await withClient { client in
            let cost = try await get(client, "/api/cost").json

            #expect((cost["entries"] as? [Any])?.isEmpty == true)
            #expect(cost["total_usd"] as? Double == 0)
        }
    }

    private func get(
        _ client: any TestClientProtocol, _ path: String,
        _ method: HTTPRequest.Method = .get
    ) async throws -> (status: HTTPResponse.Status, json: [String: Any]) {
        try await client.execute(uri: path, method: method) { response in
            (response.status, try json(response.body))
        }
    }

    @Test(
        arguments: [
            ("/api/search", #"{"query": "a", "limits": 3}"#, "the field 'limits' is unknown"),
            ("/api/search", #"{"limit": 3}"#, "the field 'query' is missing"),
            ("/api/search", #"{"query": "a", "limit": "3"}"#, "the field 'limit' is no Int"),
            (
                "/api/search", #"{"query": "a", "mode": "fuzzy"}"#,
                "the field 'mode' cannot be 'fuzzy'"
            ),
            ("/api/search", #"{"query": "a", "limit": 0}"#, "0 is not between 1 and 1000"),
            ("/api/search", #"{"query": " "}"#, "the query is empty"),
            (
                "/api/search", #"{"query": "a", "where": "-tga:x"}"#,
                "filters know no field 'tga'\n  -tga:x\n   ^^^"
            ),
            ("/api/search", #"{"query": "a", "where": ""}"#, "the filter is empty"),
            ("/api/search", #"{"query": "a", "where": 3}"#, "the field 'where' is no String"),
            (
                "/api/chat", #"{"message": "a", "where": "after:soon"}"#,
                "'soon' is no day\n  after:soon\n        ^^^^"
            ),
            ("/api/chat", #"{"message": " ", "stream": true}"#, "the question is empty"),
            (
                "/api/chat", #"{"message": "a", "model": "x", "stream": true}"#,
                "no model that answers is called 'x'"
            ),
            ("/api/chat", #"{"message": "a", "strict": 1}"#, "the field 'strict' is no Bool"),
            (
                "/api/chat", #"{"message": "a", "history": "all"}"#,
                "the field 'history' cannot be 'all'"
            ),
            ("/api/chat", #"{"message": "a", "max_cost": -1}"#, "the field 'max_cost' is below 0"),
            ("/api/chat", #"{"message": "a", "max_tokens": 0}"#, "0 is not between 1 and 1000000"),
            (
                "/api/chat", #"{"message": "a", "no-cache": true}"#,
                "the field 'no-cache' is unknown"
            ),
            (
                "/api/chat", #"{"message": "a", "schema": "form.json"}"#,
                "the schema is no JSON Schema of an object or an array"
            ),
            (
                "/api/chat", #"{"message": "a", "strict": true, "schema": {"type": "object"}}"#,
                "the fields 'strict' and 'schema' exclude each other"
            ),
            (
                "/api/chat", #"{"message": "a", "schema": {"type": "object"}}"#,
                "'extractive' answers with sentences of the notes, not in the form of a schema"
            ),
            (
                "/api/chat",
                #"{"message": "a", "strict": true, "stream": true, "model": "groq:any"}"#,
                "'groq:any' cannot be held to a strict answer"
            ),
        ])
    func `a mistaken request is told what is wrong`(
        path: String, body: String, expected: String
    ) async throws {
        try await withClient { client in
            let (status, json) = try await post(client, path, body)

            #expect(status == .badRequest)
            #expect(message(json) == expected)
        }
    }

    @Test func `a body that is no JSON is refused`() async throws {
        try await withClient { client in
            #expect(try await post(client, "/api/search", "{").status == .badRequest)
            #expect(try await post(client, "/api/search", "[]").status == .badRequest)
            let form = try await post(
                client, "/api/search", #"{"query": "a"}"#, headers: [.contentType: "text/plain"])
            #expect(form.status == .unsupportedMediaType)
        }
    }

    @Test func `a body over the limit is refused`() async throws {
        try await withClient { client in
            let long = String(repeating: "a", count: Configuration.maxRequestBytes)
            let (status, _) = try await post(client, "/api/search", #"{"query": "\#(long)"}"#)

            #expect(status == .contentTooLarge)
        }
    }

    @Test func `a route that is not there is an error as JSON`() async throws {
        try await withClient { client in
            let response = try await client.execute(uri: "/api/nowhere", method: .get) { $0 }

            #expect(response.status == .notFound)
            #expect(message(try json(response.body)) == "there is no GET /api/nowhere")
        }
    }

    @Test(arguments: ["https://evil.example", "null", "http://localhost.evil.example:4815"])
    func `a page of another origin is refused`(origin: String) async throws {
        try await withClient { client in
            try await client.execute(
                uri: "/api/status", method: .get, headers: [.origin: origin]
            ) { response in #expect(response.status == .forbidden) }
        }
    }
}
