import Foundation
import LoreCore
import LoreProviders
import TestSupport
import Testing

@testable import Lore

@Suite struct ChatModelSettingsTests {
    private func load(_ yaml: String) throws -> Configuration {
        let folder = try TemporaryFolder()
        try folder.write(yaml, to: "lore/config.yaml")
        return try Configuration.load(
            environment: ["XDG_CONFIG_HOME": folder.path], home: URL(fileURLWithPath: "/home/ada"))
    }

    @Test func `what the file knows of a model is taken over`() throws {
        let settings = try load(
            """
            temperature: 0.7
            max_tokens: 99
            utility_model: ollama:tiny
            models:
              compatible:qwen: {base_url: "http://127.0.0.1:8081/v1", window: 8192, max_output: 1024, input_usd: 0, output_usd: 0.5}
            """)

        let model = try #require(settings.chatModels["compatible:qwen"])
        #expect(model.base == "http://127.0.0.1:8081/v1")
        #expect(model.window == 8192)
        #expect(model.maxOutput == 1024)
        #expect(model.input == 0)
        #expect(model.output == 0.5)
        #expect(model.cached == nil)
        #expect(settings.temperature == 0.7)
        #expect(settings.maxTokens == 99)
        #expect(settings.utilityModel == "ollama:tiny")
    }

    @Test(
        arguments: [
            (
                "models:\n  compatible:m: {windows: 8}",
                "which lore does not know; did you mean 'window'?"
            ),
            (
                "models:\n  compatible:m: {window: many}",
                "the setting models.compatible:m.window is 'many', not a count of tokens; correct it"
            ),
            (
                "models:\n  compatible:m: {input_usd: -1}",
                "the setting models.compatible:m.input_usd is '-1', not US dollars for a million"
                    + " tokens; correct it"
            ),
            (
                "models:\n  olama:m: {window: 8}",
                "'olama:m' names no provider; did you mean 'ollama'?"
            ),
            (
                "temperature: 3",
                "the setting temperature is '3', not a number from 0.0 to 2.0; correct it"
            ),
        ])
    func `a mistake is named`(yaml: String, words: String) throws {
        let error = #expect(throws: (any Error).self) { try load(yaml) }
        #expect((error as? any LoreError)?.description.hasSuffix(words) == true)
    }
}
