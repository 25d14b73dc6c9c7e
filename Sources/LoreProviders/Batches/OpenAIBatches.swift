import Foundation
import LoreCore

/// OpenAI's batches: a file of requests goes up, a file of replies and one of errors come down.
///
/// A batch carries its label in its metadata, by which it is found again.
struct OpenAIBatches: BatchDialect {
    let limits = BatchLimits(requests: 50_000, bytes: 200_000_000)

    private static let labelName = "lore_batch"
    private static let mostPages = 20

    func submit(
        _ items: [BatchItem], label: String, through call: BatchCall
    ) async throws -> String {
        let endpoint = "/v1" + (items.first?.wire.path ?? "")
        let lines = items.flatMap { item -> [UInt8] in
            let line: JSONValue = [
                "custom_id": .string(item.id), "method": "POST", "url": .string(endpoint),
                "body": item.wire.body,
            ]
            return line.bytes + [UInt8(ascii: "\n")]
        }
        let form = MultipartForm(
            fields: [("purpose", "batch")], fileName: "\(label).jsonl", content: lines)
        let file = try await call.upload("/files", form, carrying: items.notes)
        let batch = try await call.create(
            "/batches",
            [
                "input_file_id": file["id"] ?? .null, "endpoint": .string(endpoint),
                "completion_window": "24h",
                "metadata": .object([JSONMember(Self.labelName, .string(label))]),
            ])
        return try id(of: batch)
    }

    func status(of id: String, through call: BatchCall) async throws -> BatchStatus {
        status(try await call.document("/batches/\(id)"), call)
    }

    func find(
        label: String, count: Int, since: Date, through call: BatchCall
    ) async throws -> FoundBatch {
        var path = "/batches?limit=100"
        for _ in 0..<Self.mostPages {
            let page = try await call.document(path)
            let batches = page["data"]?.elements ?? []
            if let batch = batches.first(where: {
                $0["metadata"]?[Self.labelName]?.string == label
            }) {
                return .found(id: try id(of: batch))
            }
            // The newest come first.
            guard page["has_more"]?.bool == true, let last = batches.last,
                let after = last["id"]?.string,
                last["created_at"]?.double ?? 0 >= since.timeIntervalSince1970
            else { return .absent }
            path = "/batches?limit=100&after=\(after)"
        }
        return .absent
    }

    func outcomes(
        of id: String, through call: BatchCall
    ) async throws -> [String: BatchOutcome] {
        let batch = try await call.document("/batches/\(id)")
        var outcomes: [String: BatchOutcome] = [:]
        for name in ["output_file_id", "error_file_id"] {
            guard let file = batch[name]?.string else { continue }
            for line in try await call.lines("/files/\(file)/content") {
                guard let id = line["custom_id"]?.string else { continue }
                outcomes[id] = outcomes[id] ?? outcome(line)
            }
        }
        return outcomes
    }

    private func id(of batch: JSONValue) throws -> String {
        guard let id = batch["id"]?.string else { throw MalformedStream("the batch has no id") }
        return id
    }

    private func status(_ batch: JSONValue, _ call: BatchCall) -> BatchStatus {
        let state: BatchStatus.State
        switch batch["status"]?.string {
        case "completed": state = .ended
        case "expired": state = .expired
        case "cancelled": state = .cancelled
        case "failed":
            state = .failed(call.reason(batch["errors"]?["data"]?[0]?["message"]?.string))
        default: state = .running
        }
        let counts = batch["request_counts"]
        return BatchStatus(
            state: state, total: counts?["total"]?.int ?? 0,
            succeeded: counts?["completed"]?.int ?? 0, failed: counts?["failed"]?.int ?? 0)
    }

    private func outcome(_ line: JSONValue) -> BatchOutcome {
        if let error = line["error"], !error.isNull {
            switch error["code"]?.string {
            case "batch_expired": return .expired
            case "batch_cancelled": return .cancelled
            default: return .failure(FailureReport(line))
            }
        }
        let (status, body) = (line["response"]?["status_code"]?.int, line["response"]?["body"])
        guard status == 200, let body else {
            return .failure(FailureReport(body ?? .null, status: status))
        }
        return .reply(body)
    }
}
