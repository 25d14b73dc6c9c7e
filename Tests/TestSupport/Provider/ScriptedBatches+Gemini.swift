import LoreCore

extension ScriptedBatches {
    func gemini(_ request: LoopbackRequest) -> LoopbackReply {
        if request.path.hasSuffix(":batchGenerateContent") { return made(request) }
        let place = request.path.split(separator: "/").dropFirst()
        guard request.method == "GET", place.first == "batches" else { return missing(request) }
        guard let id = place.dropFirst().first else { return listed() }
        guard let (batch, hasEnded) = poll("batches/\(id)") else { return missing(request) }
        return json(document(batch, hasEnded: hasEnded))
    }

    private func missing(_ request: LoopbackRequest) -> LoopbackReply {
        ScriptedWire.gemini.reply(to: request, body: .null, act: .fail(.unknownModel))
    }

    private func json(_ document: JSONValue) -> LoopbackReply {
        ScriptedWire.gemini.json(200, document)
    }

    private func made(_ request: LoopbackRequest) -> LoopbackReply {
        let body = (try? JSONValue(parsing: request.body)) ?? .null
        let requests = body["batch"]?["inputConfig"]?["requests"]?["requests"]?.elements ?? []
        let items = requests.map {
            Item(id: $0["metadata"]?["key"]?.string ?? "", body: $0["request"] ?? .null)
        }
        let batch = add(
            items, in: .gemini, id: "batches/b",
            label: body["batch"]?["displayName"] ?? .null)
        return json(document(batch, hasEnded: false))
    }

    private func listed() -> LoopbackReply {
        json([
            "operations": .array(all(.gemini).map { document($0, hasEnded: $0.polls == 0) })
        ])
    }

    private func document(_ batch: Batch, hasEnded: Bool) -> JSONValue {
        let hasOutput = if case .done = ending { hasEnded } else { false }
        let responses: JSONValue = .array(batch.items.reversed().map(response))
        let metadata = JSONValue.compact([
            "@type": "type.googleapis.com/google.ai.generativelanguage.v1.GenerateContentBatch",
            "model": "models/\(ScriptedProvider.geminiModel)", "displayName": batch.label,
            "output": hasOutput
                ? ["inlinedResponses": ["inlinedResponses": responses]] : nil,
            "createTime": "2026-11-23T09:08:20.123456789Z",
            "updateTime": "2026-11-23T09:08:21.123456789Z",
            "batchStats": ["requestCount": "\(batch.items.count)"],
            "state": hasEnded ? state : "BATCH_STATE_RUNNING", "name": .string(batch.id),
        ])
        return .compact([
            "name": .string(batch.id), "metadata": metadata, "done": hasEnded ? true : nil,
            "error": hasEnded ? error : nil,
        ])
    }

    private var state: JSONValue {
        switch ending {
        case .done: "BATCH_STATE_SUCCEEDED"
        case .expired: "BATCH_STATE_EXPIRED"
        case .cancelled: "BATCH_STATE_CANCELLED"
        case .failed: "BATCH_STATE_FAILED"
        }
    }

    private var error: JSONValue? {
        guard case .failed(let message) = ending else { return nil }
        return ["code": 3, "message": .string(message)]
    }

    private func response(_ item: Item) -> JSONValue {
        let key: JSONValue = ["key": .string(item.id)]
        switch outcome(item) {
        case .say(let reply):
            let document = ScriptedWire.gemini.whole(reply, model: ScriptedProvider.geminiModel)
            return ["metadata": key, "response": document]
        case .fail(let failure):
            let status = failure.response(in: .gemini).0
            return [
                "metadata": key,
                "error": [
                    "code": JSONValue(Self.codes[status] ?? 2),
                    "message": failure.response(in: .gemini).1["error"]?["message"] ?? .null,
                ],
            ]
        case .expire: return ["metadata": key, "error": ["code": 4, "message": "Expired"]]
        }
    }

    /// The codes of Google's own calls for the statuses of HTTP.
    private static let codes = [400: 3, 403: 7, 404: 5, 429: 8, 500: 13, 503: 14]
}
