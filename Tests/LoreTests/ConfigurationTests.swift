import Foundation
import Lore
import TestSupport
import Testing

@Suite struct ConfigurationTests {
    private let home = URL(fileURLWithPath: "/home/ada")

    private func load(
        _ environment: [String: String] = [:], yaml: String? = nil
    ) throws -> Configuration {
        let folder = try TemporaryFolder()
        var environment = environment
        if let yaml {
            try folder.write(yaml, to: "lore/config.yaml")
            environment["XDG_CONFIG_HOME"] = folder.path
        }
        return try Configuration.load(environment: environment, home: home)
    }

    #if os(Linux)
        @Test func `the folders are those of the XDG specification`() throws {
            let defaults = try load()
            let moved = try load(["XDG_DATA_HOME": "/data", "XDG_CACHE_HOME": "relative"])

            #expect(defaults.database.path == "/home/ada/.local/share/lore/lore.db")
            #expect(defaults.modelsDirectory.path == "/home/ada/.local/share/lore/models")
            #expect(moved.database.path == "/data/lore/lore.db")
            #expect(moved.cacheDirectory.path == "/home/ada/.cache/lore")
        }
    #endif

    @Test func `the environment is stronger than the file and the file than the default`() throws {
        let file = try load(yaml: "passages: 5\nmodel: extractive\n")
        let both = try load(["LORE_PASSAGES": "6"], yaml: "passages: 5\n")

        #expect(try load().passages == 8)
        #expect(file.passages == 5)
        #expect(both.passages == 6)
    }

    @Test func `every key of the documented file is known`() throws {
        let yaml = """
            model: extractive
            utility_model:
            embedding_model: minilm
            rerank: off
            temperature: 0.2
            max_tokens: 1024
            passages: 8
            history: summarize
            history_share: 0.7
            history_turns: 10
            max_cost_day:
            max_cost_month:
            connect_timeout: 10
            idle_timeout: 60
            total_timeout: 600
            retries: 2
            local_only_folders: []
            local_only_tags: [private]
            models:
              compatible:qwen: {base_url: "http://127.0.0.1:8081/v1", window: 8192}
            """

        #expect(try load(yaml: yaml).idleTimeout == 60)
    }

    @Test func `rerank is auto, off or a model's name`() throws {
        #expect(try load().rerank == .auto)
        #expect(try load(yaml: "rerank: auto\n").rerank == .auto)
        #expect(try load(yaml: "rerank: off\n").rerank == .off)
        #expect(try load(["LORE_RERANK": "ms-marco"]).rerank == .named("ms-marco"))
    }

    @Test func `an empty file sets nothing`() throws {
        #expect(try load(yaml: "").passages == 8)
        #expect(try load(yaml: "# only a comment\n").passages == 8)
    }

    @Test(
        arguments: [
            ("pasages: 3", "sets 'pasages', which lore does not know; did you mean 'passages'?"),
            (
                "passages: many",
                "the setting passages is 'many', not a whole number from 1 to 1000; correct it"
            ),
            ("- a\n- b", "it is not a map of keys; correct the file or move it away"),
        ])
    func `a mistake in the file is told with the way to mend it`(yaml: String, words: String) throws
    {
        let error = try #require(throws: KnowledgeBaseError.self) { try load(yaml: yaml) }

        #expect(error.description.contains(words), "\(error)")
    }
}
