import Foundation
import LoreCore

/// How one provider takes a batch of requests and gives the replies.
protocol BatchDialect: Sendable {
    var limits: BatchLimits { get }

    /// Sends the items, which are all of one protocol.
    ///
    /// - Returns: The provider's name of the batch.
    func submit(_ items: [BatchItem], label: String, through call: BatchCall) async throws -> String

    func status(of id: String, through call: BatchCall) async throws -> BatchStatus

    /// Looks for the batch that was sent as `label` with so many items, not before `since`.
    func find(
        label: String, count: Int, since: Date, through call: BatchCall
    ) async throws -> FoundBatch

    /// What became of each item, by its id, of a batch that no longer runs.
    func outcomes(of id: String, through call: BatchCall) async throws -> [String: BatchOutcome]
}

/// What a provider takes as one batch.
struct BatchLimits: Hashable, Sendable {
    let requests: Int
    let bytes: Int
}

/// One request of a batch as it goes over the wire.
struct BatchItem: Sendable {
    let id: String
    let wire: WireRequest
    /// What the request holds of notes.
    let origins: [NoteOrigin]
}

extension [BatchItem] {
    var notes: SentNotes { SentNotes(flatMap(\.origins), for: .batch) }
}

/// What became of one request of a batch.
enum BatchOutcome: Sendable {
    /// The whole reply in the protocol's form.
    case reply(JSONValue)
    case failure(FailureReport)
    case expired
    case cancelled
}

extension Provider {
    /// Nil where the provider has no batches that lore knows.
    var batchDialect: (any BatchDialect)? {
        switch self {
        case .openai: OpenAIBatches()
        case .anthropic: AnthropicBatches()
        case .gemini: GeminiBatches()
        case .ollama, .together, .groq, .mistral, .compatible: nil
        }
    }
}
