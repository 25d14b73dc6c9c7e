import Foundation
import Lore
import TestSupport
import Testing

/// A `.env` in the working directory.
@Suite struct EnvironmentFileTests {
    private let home = URL(fileURLWithPath: "/home/ada")
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func load(
        _ text: String, environment: [String: String] = [:], indexing: [URL] = []
    ) async throws -> Configuration {
        try folder.write(text, to: ".env")
        return try await Configuration.load(
            environment: environment.merging(["XDG_CONFIG_HOME": folder.path]) { given, _ in given
            },
            home: home, workingDirectory: folder.url,
            database: folder.url.appending(path: "lore.db"), indexing: indexing)
    }

    @Test func `it stands between the environment and config.yaml`() async throws {
        try folder.write("passages: 3\nretries: 4\n", to: "lore/config.yaml")

        let settings = try await load(
            "LORE_PASSAGES=5\nLORE_MAX_TOKENS=600\n", environment: ["LORE_MAX_TOKENS": "700"])

        #expect(settings.passages == 5)
        #expect(settings.retries == 4)
        #expect(settings.maxTokens == 700)
        #expect(settings.origins["passages"]?.description == folder.path + "/.env")
        #expect(settings.origins["max_tokens"]?.description == "the environment, LORE_MAX_TOKENS")
    }

    @Test func `an empty variable of the environment is none`() async throws {
        #expect(try await load("LORE_PASSAGES=5", environment: ["LORE_PASSAGES": ""]).passages == 5)
    }

    @Test func `a key is there, named with its origin and never shown`() async throws {
        let settings = try await load("OPENAI_API_KEY=sk-4711\nOTHER=1\n")

        let key = settings.settings.first { $0.name == "OPENAI_API_KEY" }
        #expect(key?.value == "set")
        #expect(key?.origin.description == folder.path + "/.env")
        #expect(settings.providers.description == "OPENAI_API_KEY")
        #expect(!"\(settings)".contains("4711"))
    }

    @Test(arguments: [
        ("LORE_MODEL=ollama:qwen3", "ollama:qwen3"),
        ("export LORE_MODEL=ollama:qwen3", "ollama:qwen3"),
        ("  LORE_MODEL = 'ollama:qwen3'  ", "ollama:qwen3"),
        ("LORE_MODEL=\"a # b\" # c", "a # b"),
        ("LORE_MODEL=ollama:qwen3 # the local one", "ollama:qwen3"),
        ("LORE_MODEL=a#b", "a#b"),
        ("# LORE_MODEL=no\n\nLORE_MODEL=a\nLORE_MODEL=b\n", "b"),
        ("LORE_MODEL=", "extractive"),
    ])
    func `lines are read as shells read them`(text: String, model: String) async throws {
        #expect(try await load(text).model == model)
    }

    @Test(arguments: [
        (
            "LORE_PASAGES=3",
            "sets 'LORE_PASAGES', which lore does not know; did you mean 'LORE_PASSAGES'?"
        ),
        ("LORE_PASSAGES=many", "the setting passages is 'many'"),
        ("A=1\r\nLORE_PASSAGES=3\r\n", "its lines end in CR LF and not in LF"),
        ("# mine\r\nLORE_PASSAGES=3\r\n", "its lines end in CR LF and not in LF"),
    ])
    func `a mistake is told`(text: String, words: String) async throws {
        let error = await #expect(throws: KnowledgeBaseError.self) { try await load(text) }

        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    @Test func `an address draws no key of the environment to itself`() async throws {
        let text = "OPENAI_BASE_URL=https://other.example/v1\nGROQ_BASE_URL=https://g.example\n"

        let settings = try await load(text, environment: ["OPENAI_API_KEY": "sk-1"])

        #expect(settings.providers.description == "GROQ_BASE_URL, OPENAI_API_KEY")
        #expect(settings.notices.count == 1)
        #expect(settings.notices.first?.hasPrefix("OPENAI_BASE_URL in '") == true)
    }

    @Test func `in a folder that is about to be indexed it is not read`() async throws {
        let inside = try await load("LORE_PASSAGES=5", indexing: [folder.url])
        let beside = try await load(
            "LORE_PASSAGES=5", indexing: [folder.url.appending(path: "notes")])

        #expect(inside.passages == 8)
        #expect(inside.notices.first?.contains("/.env' is not read: it lies in the") == true)
        #expect(beside.passages == 5)
        #expect(beside.notices.isEmpty)
    }

    @Test func `a folder of that name is none`() async throws {
        try folder.write("x", to: ".env/bin/python")

        let settings = try await Configuration.load(
            environment: [:], home: home, workingDirectory: folder.url)

        #expect(settings.notices.isEmpty)
    }
}
