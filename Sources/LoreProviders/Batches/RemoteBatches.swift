package import Foundation
import LoreCore

/// The batches of one model: requests that a provider answers within a day, at its batch price.
///
/// A batch is found again by the caller's label of it, so that a program may be interrupted at any
/// point: it keeps the label before it submits, and looks for it where it did not see the end.
package struct RemoteBatches: Sendable {
    package let profile: ModelProfile
    private let call: BatchCall
    private let dialect: any BatchDialect

    private static let idCharacters = 28

    /// Nil where the provider has no batches.
    init?(profile: ModelProfile, call: ProviderCall) {
        guard let dialect = call.endpoint.provider.batchDialect else { return nil }
        self.profile = profile
        self.call = BatchCall(call: call, model: profile.name)
        self.dialect = dialect
    }

    private var provider: Provider { call.call.endpoint.provider }

    /// Sends `requests` as one batch.
    ///
    /// - Parameters:
    ///   - requests: With ids that are all different.
    ///   - label: The caller's own name of the batch, like an id of a request; no two batches have
    ///     one.
    /// - Returns: What the provider calls it, and what had to be left out.
    /// - Throws: `ProviderError.batchTooLarge`, and others. After one that leaves open whether the
    ///   provider took the batch, such as `timeout`, look for it with `find`.
    /// - Precondition: There is a request; ids and label are as they should be.
    package func submit(
        _ requests: [BatchRequest], label: String
    ) async throws -> SubmittedBatch {
        precondition(!requests.isEmpty, "a batch of nothing")
        precondition(([label] + requests.map(\.id)).allSatisfy(isID), "an id is malformed")
        precondition(Set(requests.map(\.id)).count == requests.count, "two requests have one id")
        let items = items(requests, label: label)
        try checkSize(of: items)
        let id = try await dialect.submit(items, label: label, through: call)
        let notices = items.flatMap(\.wire.notices)
        return SubmittedBatch(id: id, notices: notices.uniqued())
    }

    /// Looks for the batch that was sent as `label`, with so many requests, not before `since`.
    package func find(label: String, count: Int, since: Date) async throws -> FoundBatch {
        // Clocks differ by minutes at most.
        try await dialect.find(
            label: label, count: count, since: since.addingTimeInterval(-600), through: call)
    }

    /// How far the batch is that the provider calls `id`.
    package func status(of id: String) async throws -> BatchStatus {
        try await dialect.status(of: id, through: call)
    }

    /// The replies of the batch that was sent as `label`; nil where it still runs.
    package func results(of id: String, label: String) async throws -> BatchResults? {
        let status = try await status(of: id)
        guard status.state != .running else { return nil }
        let outcomes = try await dialect.outcomes(of: id, through: call)
        let prefix = "\(label)-"
        var replies: [String: Result<ChatReply, ProviderError>] = [:]
        for (id, outcome) in outcomes where id.hasPrefix(prefix) {
            replies[String(id.dropFirst(prefix.count))] = result(outcome)
        }
        return BatchResults(replies: replies, missing: missing(status.state))
    }

    private func items(_ requests: [BatchRequest], label: String) -> [BatchItem] {
        let dialects = requests.map { provider.dialect(for: $0.request) }
        // A batch has one protocol: that which takes tools, where one request has some.
        let dialect = dialects.first { $0 is OpenAIResponses } ?? dialects[0]
        return requests.map { request in
            var wire = dialect.encode(request.request, for: profile, resuming: nil)
            wire.body = wire.body.removing("stream").removing("stream_options")
            return BatchItem(
                id: "\(label)-\(request.id)", wire: wire, origins: request.request.origins)
        }
    }

    private func checkSize(of items: [BatchItem]) throws {
        let limits = dialect.limits
        guard items.count <= limits.requests else {
            throw ProviderError.batchTooLarge(
                provider: provider.title, most: "\(limits.requests) requests")
        }
        let bytes = items.reduce(0) { $0 + $1.wire.body.bytes.count + $1.id.utf8.count + 100 }
        guard bytes <= limits.bytes else {
            throw ProviderError.batchTooLarge(
                provider: provider.title, most: "\(limits.bytes / 1_000_000) MB")
        }
    }

    private func result(_ outcome: BatchOutcome) -> Result<ChatReply, ProviderError> {
        switch outcome {
        case .reply(let document): reply(document)
        case .failure(let report): .failure(call.error(report))
        case .expired: .failure(missing(.expired))
        case .cancelled: .failure(missing(.cancelled))
        }
    }

    private func reply(_ document: JSONValue) -> Result<ChatReply, ProviderError> {
        let dialect: any ChatDialect =
            document["object"]?.string == "response"
            ? OpenAIResponses() : provider.dialect(for: ChatRequest(messages: []))
        do {
            return .success(
                try ReplyBuilder.reply(
                    whole: document, in: dialect, model: profile.name, provider: provider.title))
        } catch let error as ProviderError {
            return .failure(error)
        } catch {
            let known = call.call.providerError(error, model: profile.name) as? ProviderError
            return .failure(known ?? .cutShort(provider: provider.title))
        }
    }

    private func missing(_ state: BatchStatus.State) -> ProviderError {
        switch state {
        case .expired: .batchExpired(provider: provider.title)
        case .cancelled: .batchCancelled(provider: provider.title)
        case .failed(let reason): .badRequest(provider: provider.title, reason: reason)
        case .running, .ended: .cutShort(provider: provider.title)
        }
    }

    private func isID(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= Self.idCharacters
            && text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == 0x5F || $0 == 0x2D }
    }
}

extension ChatModels {
    /// The batches of the model called `name`; nil where its provider has none.
    ///
    /// - Throws: `ProviderError.unknownProvider`, `keyMissing`, `baseMissing`.
    package func batches(of name: String) throws -> RemoteBatches? {
        let name = try ModelName(name)
        return RemoteBatches(
            profile: calls.catalog.profile(of: name), call: try calls.call(for: name))
    }
}

extension ReplyBuilder {
    /// The reply that `document` is, which came whole.
    ///
    /// - Throws: `FailureReport` where it tells of an error, `ProviderError` where it is cut short
    ///   or the model failed, `MalformedStream`.
    static func reply(
        whole document: JSONValue, in dialect: any ChatDialect, model: String, provider: String
    ) throws -> ChatReply {
        var builder = ReplyBuilder(model: model)
        var decoder = dialect.decoder(for: ChatRequest(messages: []))
        try decoder.takeWhole(document, into: &builder)
        guard builder.hasEnded else { throw ProviderError.cutShort(provider: provider) }
        decoder.finish(into: &builder)
        if case .failed? = builder.finish, !builder.hasContent {
            throw ProviderError.serverFailure(provider: provider, status: nil)
        }
        let made = TokenEstimate.most(bytes: builder.textBytes)
        let usage = builder.usage ?? TokenUsage(outputTokens: made, isEstimated: true)
        return builder.reply(dialect: dialect.name, usage: usage)
    }
}

extension JSONValue {
    /// This object without the member called `name`.
    func removing(_ name: String) -> JSONValue {
        members.map { .object($0.filter { $0.name != name }) } ?? self
    }
}

extension Array where Element: Hashable {
    /// Each element once, in its first place.
    fileprivate func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
