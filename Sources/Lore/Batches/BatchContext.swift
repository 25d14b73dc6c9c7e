import Foundation
import LoreCore
import LoreProviders

/// What a question of a batch is sent with and answered from, as it is kept.
struct BatchContext: Codable {
    let standaloneQuestion: String
    let confidence: Double
    /// Nil where the notes do not answer: then no model is asked.
    var prompt: Prompt?
    /// What was sent, numbered from 1; without a prompt, the nearest.
    let passages: [Passage]
    var leftOut = 0

    struct Prompt: Codable {
        let system: String
        let turn: String
        let maxTokens: Int?
        let temperature: Double?
        let origins: [NoteOrigin]
    }

    /// A hit without its scores' parts.
    struct Passage: Codable {
        let rank: Int
        let score: Double
        let folder: String
        let path: String
        let title: String
        let date: String?
        let chunk: String
        let heading: [String]
        let text: String
        let bytes: Range<Int>
        let lines: ClosedRange<Int>
        let pages: [Int]
        let hash: [UInt8]
    }
}

extension BatchContext.Passage {
    init(_ hit: Hit) {
        self.init(
            rank: hit.rank, score: hit.score, folder: hit.folder, path: hit.path,
            title: hit.title, date: hit.date, chunk: hit.chunk.id.description,
            heading: hit.chunk.heading,
            text: hit.chunk.text, bytes: hit.chunk.range.bytes, lines: hit.chunk.range.lines,
            pages: hit.pages.starts, hash: hit.chunk.embeddedTextHash.bytes)
    }

    /// Nil where it is not what was written.
    var hit: Hit? {
        guard let id = ChunkID(chunk), hash.count == 32 else { return nil }
        return Hit(
            rank: rank, score: score, folder: folder, path: path, title: title,
            date: date,
            chunk: Chunk(
                id: id, heading: heading, range: SourceRange(bytes: bytes, lines: lines),
                text: text, embeddedTextHash: ContentHash(bytes: hash)),
            pages: PageMap(starts: pages), explanation: [])
    }
}

extension BatchContext.Prompt {
    init(_ request: ChatRequest) {
        self.init(
            system: request.system, turn: request.messages.map(\.text).joined(),
            maxTokens: request.parameters.maxTokens, temperature: request.parameters.temperature,
            origins: request.origins)
    }

    var request: ChatRequest {
        ChatRequest(
            system: system, messages: [ChatMessage(.user, turn)],
            parameters: ChatParameters(temperature: temperature, maxTokens: maxTokens),
            origins: origins)
    }
}

/// What a model replied to a question of a batch, or why it did not, as it is kept.
struct BatchReply: Codable {
    var text = ""
    /// The word of a `FinishReason`.
    var finish = FinishReason.stop.word
    var inputTokens = 0
    var outputTokens = 0
    var cachedTokens = 0
    /// US dollars; nil where the price is not known.
    var cost: Double?
    /// The sentence that says why there is no reply.
    var failure: String?

    init(_ reply: ChatReply, cost: Double?) {
        text = reply.text
        finish = reply.finish.word
        inputTokens = reply.usage.inputTokens
        outputTokens = reply.usage.outputTokens
        cachedTokens = reply.usage.cachedTokens
        self.cost = cost
    }

    init(failure: any LoreError) { self.failure = failure.description }

    var usage: Usage {
        Usage(
            inputTokens: inputTokens, outputTokens: outputTokens, cachedTokens: cachedTokens,
            cost: cost)
    }

    var reply: ChatReply {
        ChatReply(
            message: ChatMessage(.assistant, text), finish: FinishReason(word: finish),
            usage: TokenUsage(
                inputTokens: inputTokens, cachedTokens: cachedTokens, outputTokens: outputTokens),
            model: "")
    }
}

extension FinishReason {
    /// The reason that is written so.
    fileprivate init(word: String) {
        let known: [FinishReason] = [.stop, .length, .toolCalls, .refusal, .filtered, .paused]
        self = known.first { $0.word == word } ?? .other(word)
    }
}

extension Encodable {
    /// Its JSON, as it is kept of a batch.
    func kept() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
