import LoreCore

/// Sends the requests about batches, again where that is right.
struct BatchCall: Sendable {
    let call: ProviderCall
    let model: String

    private static let limitBytes = 256 << 20

    /// What a request is for, which decides whether it may be sent again.
    private enum Act {
        case lookUp
        /// Of a file, of which a second one does no harm.
        case upload
        /// Sent again only where the provider has surely not taken it: a batch that is sent twice is
        /// paid twice.
        case create
    }

    func document(_ path: String) async throws -> JSONValue {
        try await asked(.lookUp) { try await parsed(call.send(.get, path)) }
    }

    /// Makes a batch; where it is not known whether the provider has taken it, that is an error.
    func create(
        _ path: String, _ body: JSONValue, carrying notes: SentNotes? = nil
    ) async throws -> JSONValue {
        try await asked(.create) {
            try await parsed(
                call.send(.post, path, body: body, carrying: notes) { $0.isSentOnce = true })
        }
    }

    func upload(
        _ path: String, _ form: MultipartForm, carrying notes: SentNotes
    ) async throws -> JSONValue {
        try await asked(.upload) {
            try await parsed(
                call.send(.post, path, carrying: notes) { request in
                    request.body = form.bytes
                    request.headers["Content-Type"] = form.contentType
                })
        }
    }

    /// The documents of a file of JSON lines.
    func lines(_ path: String) async throws -> [JSONValue] {
        try await asked(.lookUp) { try await readLines(path) { _ in true } }
    }

    /// The first document of a file of JSON lines; the rest is not read.
    func firstLine(_ path: String) async throws -> JSONValue? {
        try await asked(.lookUp) { try await readLines(path) { _ in false } }.first
    }

    /// What is wrong with one request of a batch, in lore's own terms.
    func error(_ report: FailureReport) -> ProviderError {
        report.providerError(
            provider: call.endpoint.provider.title, model: model, key: call.endpoint.key)
    }

    /// The provider's own words, fit to be shown.
    func reason(_ words: String?) -> ProviderReason {
        ProviderReason(words, withoutKey: call.endpoint.key)
    }

    private func readLines(
        _ path: String, goingOn goesOn: (JSONValue) -> Bool
    ) async throws -> [JSONValue] {
        var splitter = LineSplitter()
        var documents: [JSONValue] = []
        for try await piece in try await call.send(.get, path).body {
            for line in try splitter.feed(piece) where !line.isEmpty {
                documents.append(try parsed(line))
                if !goesOn(documents[documents.count - 1]) { return documents }
            }
        }
        if let rest = splitter.finish() { documents.append(try parsed(rest)) }
        return documents
    }

    private func parsed(_ response: HTTPResponse) async throws -> JSONValue {
        let document = try parsed(await response.body.collect(upTo: Self.limitBytes))
        // What has a name is a batch that failed, and no failure of this request.
        if document["error"]?.members != nil, document["name"] == nil {
            throw FailureReport(document)
        }
        return document
    }

    private func parsed(_ bytes: [UInt8]) throws -> JSONValue {
        do {
            return try JSONValue(parsing: bytes)
        } catch {
            throw MalformedStream("a part of it is not JSON")
        }
    }

    private func asked<Answer>(
        _ act: Act, _ ask: () async throws -> Answer
    ) async throws -> Answer {
        var retries = 0
        while true {
            do {
                try await call.limiter.admit(tokens: 0)
                return try await ask()
            } catch {
                guard act != .create || isRefusal(error),
                    try await call.waits(beforeRetry: retries + 1, after: error, model: model)
                else { throw known(error, in: act) }
                retries += 1
            }
        }
    }

    /// Whether the provider has said that it does not take the request for now.
    private func isRefusal(_ error: any Error) -> Bool {
        guard let refusal = error as? ProviderCall.Refusal else { return false }
        return [429, 503, 529].contains(refusal.report.status)
    }

    private func known(_ error: any Error, in act: Act) -> any Error {
        if act == .lookUp, let refusal = error as? ProviderCall.Refusal,
            refusal.report.status == 404
        {
            return ProviderError.batchMissing(provider: call.endpoint.provider.title)
        }
        return call.providerError(error, model: model)
    }
}

/// A file and its fields in the form that browsers send.
///
/// - SeeAlso: RFC 7578.
struct MultipartForm: Sendable {
    let fields: [(name: String, value: String)]
    let fileName: String
    let content: [UInt8]

    /// In no file of JSON lines: there, a line begins with a brace.
    private let boundary = "lore-end-of-part"

    init(fields: [(name: String, value: String)], fileName: String, content: [UInt8]) {
        (self.fields, self.fileName, self.content) = (fields, fileName, content)
    }

    var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    var bytes: [UInt8] {
        let disposition = "Content-Disposition: form-data; name="
        let before = fields.map { "--\(boundary)\r\n\(disposition)\"\($0)\"\r\n\r\n\($1)\r\n" }
        let head =
            "--\(boundary)\r\n\(disposition)\"file\"; filename=\"\(fileName)\"\r\n"
            + "Content-Type: application/jsonl\r\n\r\n"
        return Array((before.joined() + head).utf8) + content
            + Array("\r\n--\(boundary)--\r\n".utf8)
    }
}
