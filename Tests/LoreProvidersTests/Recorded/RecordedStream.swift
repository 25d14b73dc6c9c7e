import LoreCore
import LoreProviders
import TestSupport

/// Replies as providers send them, word by word, read through a model.
struct RecordedStream {
    let models: TestModels

    init() throws { models = try TestModels() }

    /// What comes of a body of these `data:` lines with status 200.
    func read(
        _ wire: ScriptedWire, _ lines: String..., request: ChatRequest? = nil
    ) async -> (events: [ChatEvent], error: (any Error)?) {
        let isLines = wire == .ollama
        let body = lines.map { isLines ? "\($0)\n" : "data: \($0)\n\n" }.joined()
        models.provider.next(.send(status: 200, contentType: "text/plain", body: body))
        return await events(
            of: models.model(wire, retries: 0), request ?? TestModels.request(wire))
    }
}
