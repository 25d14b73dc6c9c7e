import LoreCore

extension ScriptedBatches {
    func openAI(_ request: LoopbackRequest) -> LoopbackReply {
        let place = request.path.dropFirst(Self.prefix(request.path)).split(separator: "/")
        switch (request.method, place.first, place.count) {
        case ("POST", "files", 1): return uploaded(request)
        case ("POST", "batches", 1): return made(request)
        case ("GET", "batches", 1): return listed(request)
        case ("GET", "batches", 2):
            guard let (batch, hasEnded) = poll(String(place[1])) else { return missing }
            return json(document(batch, hasEnded: hasEnded))
        case ("GET", "files", 3): return content(of: String(place[1]))
        default: return missing
        }
    }

    private var missing: LoopbackReply {
        let error: JSONValue = [
            "message": "No such object", "type": "invalid_request_error", "param": "id",
            "code": .null,
        ]
        return ScriptedWire.openAIChat.json(404, ["error": error])
    }

    private func json(_ document: JSONValue) -> LoopbackReply {
        ScriptedWire.openAIChat.json(200, document)
    }

    /// Takes the file out of a form; its other fields are not looked at.
    private func uploaded(_ request: LoopbackRequest) -> LoopbackReply {
        let lines = request.body.split(separator: UInt8(ascii: "\n"))
        let number = keep(lines.filter { $0.first == UInt8(ascii: "{") }.map(Array.init))
        return json([
            "id": "file-\(number)", "object": "file", "bytes": JSONValue(request.body.count),
            "created_at": 1_795_424_900, "filename": "batch.jsonl", "purpose": "batch",
            "status": "processed",
        ])
    }

    private func made(_ request: LoopbackRequest) -> LoopbackReply {
        let body = (try? JSONValue(parsing: request.body)) ?? .null
        let number = body["input_file_id"]?.string.flatMap { Int($0.dropFirst(5)) } ?? 0
        let lines = file(number).compactMap { try? JSONValue(parsing: $0) }
        let endpoint = body["endpoint"]?.string ?? ""
        guard !lines.isEmpty, lines.allSatisfy({ $0["url"]?.string == endpoint }) else {
            return ScriptedWire.openAIChat.reply(
                to: request, body: body, act: .fail(.badRequest))
        }
        let items = lines.map { line in
            Item(id: line["custom_id"]?.string ?? "", body: line["body"] ?? .null)
        }
        let batch = add(
            items, in: .openAIChat, id: "batch_", label: body["metadata"] ?? .null,
            endpoint: endpoint)
        return json(document(batch, hasEnded: false))
    }

    private func listed(_ request: LoopbackRequest) -> LoopbackReply {
        let batches = all(.openAIChat).map { document($0, hasEnded: $0.polls == 0) }
        return json([
            "object": "list", "data": .array(batches), "has_more": false,
            "first_id": batches.first?["id"] ?? .null, "last_id": batches.last?["id"] ?? .null,
        ])
    }

    private func document(_ batch: Batch, hasEnded: Bool) -> JSONValue {
        let number = batch.id.dropFirst("batch_".count)
        let failed = batch.items.filter { isFailed($0) }.count
        let hasOutput = if case .failed = ending { false } else { hasEnded }
        return [
            "id": .string(batch.id), "object": "batch", "endpoint": .string(batch.endpoint),
            "errors": hasEnded ? errors : .null, "input_file_id": "file-1",
            "completion_window": "24h", "status": .string(hasEnded ? status : "in_progress"),
            "output_file_id": hasOutput && failed < batch.items.count
                ? "file-out-\(number)" : .null,
            "error_file_id": hasOutput && failed > 0 ? "file-err-\(number)" : .null,
            "created_at": 1_795_424_900, "metadata": batch.label,
            "request_counts": [
                "total": JSONValue(batch.items.count),
                "completed": JSONValue(hasOutput ? batch.items.count - failed : 0),
                "failed": JSONValue(hasOutput ? failed : 0),
            ],
        ]
    }

    private var status: String {
        switch ending {
        case .done: "completed"
        case .expired: "expired"
        case .cancelled: "cancelled"
        case .failed: "failed"
        }
    }

    private var errors: JSONValue {
        guard case .failed(let message) = ending else { return .null }
        let error: JSONValue = [
            "code": "invalid_json_line", "line": 1, "message": .string(message), "param": .null,
        ]
        return ["object": "list", "data": [error]]
    }

    private func isFailed(_ item: Item) -> Bool {
        if case .say = outcome(item) { false } else { true }
    }

    /// The replies of a batch, or its errors.
    private func content(of file: String) -> LoopbackReply {
        let parts = file.split(separator: "-")
        guard parts.count == 3, let (batch, _) = poll("batch_\(parts[2])") else { return missing }
        let items = batch.items.filter { isFailed($0) == (parts[1] == "err") }
        return jsonLines(items.reversed().map { line($0, of: batch) })
    }

    private func line(_ item: Item, of batch: Batch) -> JSONValue {
        let wire: ScriptedWire =
            batch.endpoint.hasSuffix("/responses") ? .openAIResponses : .openAIChat
        func line(_ response: JSONValue, error: JSONValue = .null) -> JSONValue {
            [
                "id": "batch_req_\(item.id)", "custom_id": .string(item.id),
                "response": response, "error": error,
            ]
        }
        func response(_ status: Int, _ body: JSONValue) -> JSONValue {
            ["status_code": JSONValue(status), "request_id": "req_1", "body": body]
        }
        switch outcome(item) {
        case .say(let reply):
            return line(
                response(200, wire.whole(reply, model: item.body["model"]?.string ?? "")))
        case .fail(let failure):
            let (status, body) = failure.response(in: wire)
            return line(response(status, body))
        case .expire:
            return line(
                .null,
                error: [
                    "code": "batch_expired",
                    "message": "This request could not be executed before the completion window.",
                ])
        }
    }
}
