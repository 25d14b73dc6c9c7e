import LoreCore

extension ScriptedBatches {
    func anthropic(_ request: LoopbackRequest) -> LoopbackReply {
        let place = request.path.split(separator: "/").dropFirst(3).map(String.init)
        switch (request.method, place.count, place.last) {
        case ("POST", 0, _): return made(request)
        case ("GET", 0, _): return listed()
        case ("GET", 1, _):
            guard let (batch, hasEnded) = poll(place[0]) else { break }
            return json(document(batch, hasEnded: hasEnded, request))
        case ("GET", 2, "results"):
            guard let (batch, hasEnded) = poll(place[0]), hasEnded else { break }
            return jsonLines(batch.items.reversed().map(line))
        default: break
        }
        return ScriptedWire.anthropic.reply(to: request, body: .null, act: .fail(.unknownModel))
    }

    private func json(_ document: JSONValue) -> LoopbackReply {
        ScriptedWire.anthropic.json(200, document)
    }

    private func made(_ request: LoopbackRequest) -> LoopbackReply {
        let body = (try? JSONValue(parsing: request.body)) ?? .null
        let items = (body["requests"]?.elements ?? []).map {
            Item(id: $0["custom_id"]?.string ?? "", body: $0["params"] ?? .null)
        }
        let batch = add(items, in: .anthropic, id: "msgbatch_")
        return json(document(batch, hasEnded: false, request))
    }

    private func listed() -> LoopbackReply {
        let batches = all(.anthropic).map { document($0, hasEnded: $0.polls == 0, nil) }
        return json([
            "data": .array(batches), "has_more": false,
            "first_id": batches.first?["id"] ?? .null, "last_id": batches.last?["id"] ?? .null,
        ])
    }

    private func document(
        _ batch: Batch, hasEnded: Bool, _ request: LoopbackRequest?
    ) -> JSONValue {
        let host = request?.headers["host"] ?? "127.0.0.1"
        let results = "http://\(host)/v1/messages/batches/\(batch.id)/results"
        return [
            "id": .string(batch.id), "type": "message_batch",
            "processing_status": hasEnded ? "ended" : "in_progress",
            "request_counts": counts(of: batch, hasEnded: hasEnded),
            "ended_at": hasEnded ? "2026-11-23T09:10:00Z" : .null,
            "created_at": "2026-11-23T09:08:20.123456+00:00",
            "expires_at": "2026-11-24T09:08:20.123456+00:00", "archived_at": .null,
            "cancel_initiated_at": .null, "results_url": hasEnded ? .string(results) : .null,
        ]
    }

    private func counts(of batch: Batch, hasEnded: Bool) -> JSONValue {
        var (succeeded, errored, expired) = (0, 0, 0)
        for item in batch.items where hasEnded {
            switch outcome(item) {
            case .say: succeeded += 1
            case .fail: errored += 1
            case .expire: expired += 1
            }
        }
        return [
            "processing": JSONValue(hasEnded ? 0 : batch.items.count),
            "succeeded": JSONValue(succeeded), "errored": JSONValue(errored), "canceled": 0,
            "expired": JSONValue(expired),
        ]
    }

    private func line(_ item: Item) -> JSONValue {
        let result: JSONValue
        switch outcome(item) {
        case .say(let reply):
            let model = item.body["model"]?.string ?? ""
            result = [
                "type": "succeeded",
                "message": ScriptedWire.anthropic.whole(reply, model: model),
            ]
        case .fail(let failure):
            result = ["type": "errored", "error": failure.response(in: .anthropic).1]
        case .expire: result = ["type": "expired"]
        }
        return ["custom_id": .string(item.id), "result": result]
    }
}
