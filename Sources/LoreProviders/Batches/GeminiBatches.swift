import Foundation
import LoreCore

/// Gemini's batches, with the requests in the call that makes one.
///
/// A batch carries its label as its display name, by which it is found again.
struct GeminiBatches: BatchDialect {
    let limits = BatchLimits(requests: 100_000, bytes: 20_000_000)

    private static let mostPages = 20

    func submit(
        _ items: [BatchItem], label: String, through call: BatchCall
    ) async throws -> String {
        // The same model at the same version of the interface, asked by another method.
        let model = (items.first?.wire.path ?? "").prefix { $0 != ":" }
        let requests = items.map { item -> JSONValue in
            ["request": item.wire.body, "metadata": ["key": .string(item.id)]]
        }
        let batch = try await call.create(
            "\(model):batchGenerateContent",
            [
                "batch": [
                    "displayName": .string(label),
                    "inputConfig": ["requests": ["requests": .array(requests)]],
                ]
            ], carrying: items.notes)
        return try name(of: batch)
    }

    func status(of id: String, through call: BatchCall) async throws -> BatchStatus {
        status(try await call.document("/v1/\(id)"), call)
    }

    func find(
        label: String, count: Int, since: Date, through call: BatchCall
    ) async throws -> FoundBatch {
        var path = "/v1/batches?pageSize=100"
        for _ in 0..<Self.mostPages {
            let page = try await call.document(path)
            if let batch = page["operations"]?.elements?.first(where: {
                $0["metadata"]?["displayName"]?.string == label
            }) {
                return .found(id: try name(of: batch))
            }
            guard let next = page["nextPageToken"]?.string, !next.isEmpty else { return .absent }
            path = "/v1/batches?pageSize=100&pageToken=\(next)"
        }
        return .absent
    }

    func outcomes(
        of id: String, through call: BatchCall
    ) async throws -> [String: BatchOutcome] {
        let output = try await call.document("/v1/\(id)")["metadata"]?["output"]
        var outcomes: [String: BatchOutcome] = [:]
        for item in output?["inlinedResponses"]?["inlinedResponses"]?.elements ?? [] {
            guard let id = item["metadata"]?["key"]?.string else { continue }
            outcomes[id] = outcomes[id] ?? outcome(item)
        }
        return outcomes
    }

    private func name(of batch: JSONValue) throws -> String {
        guard let name = batch["name"]?.string else {
            throw MalformedStream("the batch has no name")
        }
        return name
    }

    private func status(_ batch: JSONValue, _ call: BatchCall) -> BatchStatus {
        let state: BatchStatus.State
        switch batch["metadata"]?["state"]?.string {
        case "BATCH_STATE_SUCCEEDED": state = .ended
        case "BATCH_STATE_EXPIRED": state = .expired
        case "BATCH_STATE_CANCELLED": state = .cancelled
        case "BATCH_STATE_FAILED":
            state = .failed(call.reason(batch["error"]?["message"]?.string))
        default: state = .running
        }
        let counts = batch["metadata"]?["batchStats"]
        return BatchStatus(
            state: state, total: count(counts?["requestCount"]),
            succeeded: count(counts?["successfulRequestCount"]),
            failed: count(counts?["failedRequestCount"]))
    }

    /// Gemini writes whole numbers of 64 bits as text.
    private func count(_ value: JSONValue?) -> Int {
        value?.int ?? value?.string.flatMap { Int($0) } ?? 0
    }

    private func outcome(_ item: JSONValue) -> BatchOutcome {
        guard let reply = item["response"] else {
            let error = item["error"]
            let status = error?["code"]?.int.flatMap { httpStatuses[$0] }
            return .failure(FailureReport(item, status: status))
        }
        return .reply(reply)
    }
}

/// The statuses of HTTP for the codes of Google's own calls.
private let httpStatuses = [
    3: 400, 4: 504, 5: 404, 7: 403, 8: 429, 9: 400, 13: 500, 14: 503, 16: 401,
]
