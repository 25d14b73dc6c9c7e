import ArgumentParser
import Lore
import LoreCore

struct EmbedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embed",
        abstract: "Print the vectors of texts as JSON lines.",
        discussion: "Without arguments, each line of the standard input is a text.")

    @Argument(help: "Texts to embed.") var texts: [String] = []

    @Flag(help: "Embed as queries rather than as passages.") var query = false

    @Option(help: "The embedding model.") var model: String?

    @OptionGroup var global: GlobalOptions

    /// Lines embedded together: enough to keep the cores busy, few enough to show soon.
    private static let batch = 256

    func run() async throws {
        var configuration = try await global.configuration()
        if let model { configuration.embeddingModel = model }
        let knowledgeBase = global.knowledgeBase(configuration)
        guard texts.isEmpty else { return try await print(texts, knowledgeBase) }
        var batch: [String] = []
        while let line = readLine(strippingNewline: true) {
            batch.append(line)
            if batch.count == Self.batch {
                try await print(batch, knowledgeBase)
                batch.removeAll(keepingCapacity: true)
            }
        }
        try await print(batch, knowledgeBase)
    }

    private func print(_ texts: [String], _ knowledgeBase: KnowledgeBase) async throws {
        let batch = try await knowledgeBase.embed(texts, as: query ? .query : .passage)
        for (index, text) in texts.enumerated() {
            Output.standard.jsonLine(
                Line(
                    text: text, tokens: batch.tokenCounts[index], truncated: batch.truncated[index],
                    embedding: Array(batch[index])))
        }
    }

    private struct Line: Encodable {
        let text: String
        let tokens: Int
        let truncated: Bool
        let embedding: [Float]
    }
}
