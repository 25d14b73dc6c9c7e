import Foundation
import LoreCore

/// Anthropic's batches of messages.
///
/// A batch has no field for a label, so that its label stands before the ids of its requests. Those
/// show only when the batch is done: until then, one of equal size and time may be it.
struct AnthropicBatches: BatchDialect {
    let limits = BatchLimits(requests: 100_000, bytes: 256_000_000)

    private static let path = "/v1/messages/batches"
    private static let mostPages = 20

    func submit(
        _ items: [BatchItem], label: String, through call: BatchCall
    ) async throws -> String {
        let requests = items.map { item -> JSONValue in
            ["custom_id": .string(item.id), "params": item.wire.body]
        }
        let batch = try await call.create(
            Self.path, ["requests": .array(requests)], carrying: items.notes)
        guard let id = batch["id"]?.string else { throw MalformedStream("the batch has no id") }
        return id
    }

    func status(of id: String, through call: BatchCall) async throws -> BatchStatus {
        status(try await call.document("\(Self.path)/\(id)"))
    }

    func find(
        label: String, count: Int, since: Date, through call: BatchCall
    ) async throws -> FoundBatch {
        var candidates: [String] = []
        for batch in try await batches(since: since, call) where total(batch) == count {
            guard let id = batch["id"]?.string else { continue }
            if batch["processing_status"]?.string != "ended" {
                candidates.append(id)
            } else if let line = try await call.firstLine("\(Self.path)/\(id)/results"),
                line["custom_id"]?.string?.hasPrefix("\(label)-") == true
            {
                return .found(id: id)
            }
        }
        return candidates.isEmpty ? .absent : .undecided(ids: candidates)
    }

    func outcomes(
        of id: String, through call: BatchCall
    ) async throws -> [String: BatchOutcome] {
        var outcomes: [String: BatchOutcome] = [:]
        for line in try await call.lines("\(Self.path)/\(id)/results") {
            guard let id = line["custom_id"]?.string, let result = line["result"] else { continue }
            outcomes[id] = outcomes[id] ?? outcome(result)
        }
        return outcomes
    }

    /// Those made since then, the newest first.
    private func batches(since: Date, _ call: BatchCall) async throws -> [JSONValue] {
        let start = since.ISO8601Format().prefix(Self.secondsEnd)
        var all: [JSONValue] = []
        var path = "\(Self.path)?limit=100"
        for _ in 0..<Self.mostPages {
            let page = try await call.document(path)
            let found = page["data"]?.elements ?? []
            // Times in UTC are in the order of their text.
            let young = found.filter {
                $0["created_at"]?.string.map { $0.prefix(Self.secondsEnd) >= start } ?? true
            }
            all += young
            guard page["has_more"]?.bool == true, young.count == found.count,
                let last = page["last_id"]?.string
            else { break }
            path = "\(Self.path)?limit=100&after_id=\(last)"
        }
        return all
    }

    /// The length of `2026-11-23T10:00:00`.
    private static let secondsEnd = 19

    private func status(_ batch: JSONValue) -> BatchStatus {
        let counts = batch["request_counts"]
        let succeeded = counts?["succeeded"]?.int ?? 0
        return BatchStatus(
            state: batch["processing_status"]?.string == "ended" ? .ended : .running,
            total: total(batch), succeeded: succeeded,
            failed: total(batch) - succeeded - (counts?["processing"]?.int ?? 0))
    }

    private func total(_ batch: JSONValue) -> Int {
        (batch["request_counts"]?.members ?? []).reduce(0) { $0 + ($1.value.int ?? 0) }
    }

    private func outcome(_ result: JSONValue) -> BatchOutcome {
        switch result["type"]?.string {
        case "succeeded": .reply(result["message"] ?? .null)
        case "expired": .expired
        case "canceled": .cancelled
        default: .failure(FailureReport(result["error"] ?? .null))
        }
    }
}
