public import LoreCore
import Synchronization

/// What becomes of one request of a batch.
public enum ScriptedOutcome: Sendable {
    case say(ScriptedReply)
    case fail(ScriptedFailure)
    case expire
}

/// The batches of a scripted provider, in the protocols of the three that have some.
///
/// A request is answered with `Echo: ` and what its user said, unless its outcome is set. Replies
/// come in reverse, since no provider keeps the order.
public final class ScriptedBatches: Sendable {
    /// How a batch ends.
    public enum Ending: Sendable {
        case done, expired, cancelled
        case failed(String)
    }

    struct Item: Sendable {
        let id: String
        let body: JSONValue
    }

    struct Batch: Sendable {
        let id: String
        let wire: ScriptedWire
        let items: [Item]
        /// What OpenAI and Gemini keep of it.
        let label: JSONValue
        let endpoint: String
        var polls: Int
    }

    struct Values: Sendable {
        var files: [[[UInt8]]] = []
        var batches: [Batch] = []
        var outcomes: [String: ScriptedOutcome] = [:]
        var ending = Ending.done
        var polls = 0
        var forgets = 0
    }

    private let values = Mutex(Values())

    /// What becomes of the requests whose ids end in these keys.
    public func set(_ outcomes: [String: ScriptedOutcome]) {
        values.withLock { $0.outcomes = outcomes }
    }

    /// How every batch ends, after it was asked about so many times while it still ran.
    public func end(_ ending: Ending, afterPolls polls: Int = 0) {
        values.withLock { ($0.ending, $0.polls) = (ending, polls) }
    }

    /// Makes the next batches without telling their ids: the connection breaks.
    public func forget(_ count: Int) { values.withLock { $0.forgets = count } }

    /// The bodies of the requests of every batch, by their ids.
    public var requests: [[String: JSONValue]] {
        values.withLock { values in
            values.batches.map { batch in
                Dictionary(uniqueKeysWithValues: batch.items.map { ($0.id, $0.body) })
            }
        }
    }

    /// The protocol of a request about batches; nil where it is about something else.
    static func wire(of request: LoopbackRequest) -> ScriptedWire? {
        let path = request.path
        if path.hasPrefix("/v1/messages/batches") { return .anthropic }
        if path.hasSuffix(":batchGenerateContent") { return .gemini }
        let isGemini = request.headers["x-goog-api-key"] != nil
        let names = ["/batches", "/files"]
        let place = path.hasPrefix("/v1beta") ? path.dropFirst(7) : path.dropFirst(prefix(path))
        guard names.contains(where: place.hasPrefix) else { return nil }
        return isGemini ? .gemini : .openAIChat
    }

    /// The length of the version in front of a path.
    static func prefix(_ path: String) -> Int { path.hasPrefix("/v1/") ? 3 : 0 }

    func reply(to request: LoopbackRequest, in wire: ScriptedWire) -> LoopbackReply {
        let reply =
            switch wire {
            case .anthropic: anthropic(request)
            case .gemini: gemini(request)
            default: openAI(request)
            }
        let isNew = request.method == "POST" && !request.path.hasSuffix("/files")
        let isForgotten = values.withLock { values in
            guard isNew, values.forgets > 0 else { return false }
            values.forgets -= 1
            return true
        }
        return isForgotten ? LoopbackReply(steps: [.reset]) : reply
    }

    /// Keeps an uploaded file.
    ///
    /// - Returns: Its number, from 1.
    func keep(_ file: [[UInt8]]) -> Int {
        values.withLock { values in
            values.files.append(file)
            return values.files.count
        }
    }

    /// The lines of the file of this number; none where there is no such file.
    func file(_ number: Int) -> [[UInt8]] {
        values.withLock { $0.files.indices.contains(number - 1) ? $0.files[number - 1] : [] }
    }

    /// Keeps a new batch.
    func add(
        _ items: [Item], in wire: ScriptedWire, id: String, label: JSONValue = .null,
        endpoint: String = ""
    ) -> Batch {
        values.withLock { values in
            let batch = Batch(
                id: id + "\(values.batches.count + 1)", wire: wire, items: items, label: label,
                endpoint: endpoint, polls: values.polls)
            values.batches.append(batch)
            return batch
        }
    }

    /// The batch called `id`, and whether it has ended; asking brings its end nearer.
    func poll(_ id: String) -> (batch: Batch, hasEnded: Bool)? {
        values.withLock { values in
            guard let index = values.batches.firstIndex(where: { $0.id == id }) else { return nil }
            defer { values.batches[index].polls = max(0, values.batches[index].polls - 1) }
            return (values.batches[index], values.batches[index].polls == 0)
        }
    }

    /// The batches of a protocol, the newest first.
    func all(_ wire: ScriptedWire) -> [Batch] {
        values.withLock { $0.batches.filter { $0.wire == wire }.reversed() }
    }

    var ending: Ending { values.withLock { $0.ending } }

    func outcome(_ item: Item) -> ScriptedOutcome {
        let set = values.withLock { values in
            values.outcomes.first { item.id.hasSuffix($0.key) }?.value
        }
        return set ?? .say(.text("Echo: " + Self.question(in: item.body)))
    }

    /// What the user said last, in any of the protocols.
    private static func question(in body: JSONValue) -> String {
        let turn =
            (body["messages"] ?? body["input"] ?? body["contents"])?.elements?.last ?? .null
        let content = turn["content"] ?? turn["parts"] ?? .null
        return content.string ?? content.elements?.last?["text"]?.string ?? ""
    }
}

/// A body of JSON lines.
func jsonLines(_ documents: [JSONValue]) -> LoopbackReply {
    .whole(
        headers: [("Content-Type", "application/octet-stream")],
        documents.flatMap { $0.bytes + [UInt8(ascii: "\n")] })
}
