import Foundation
import GRDB
package import LoreCore

extension Store {
    /// Keeps what requests to models took.
    package func add(_ calls: [ModelCall]) throws {
        guard !calls.isEmpty else { return }
        try uncounted { database in
            for call in calls { try Self.insert(call, into: database) }
        }
    }

    static func insert(_ call: ModelCall, into database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO model_calls(
                    at, purpose, model, input_tokens, output_tokens, cached_tokens,
                    cache_write_tokens, reasoning_tokens, is_estimated, cost_usd,
                    input_bytes)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                call.at, call.purpose.rawValue, call.model, call.usage.inputTokens,
                call.usage.outputTokens, call.usage.cachedTokens, call.usage.cacheWriteTokens,
                call.usage.reasoningTokens, call.usage.isEstimated, call.cost, call.inputBytes,
            ])
    }

    /// Keeps a model's reply to the request of that hash, in place of an earlier one; `time` is
    /// RFC 3339 in UTC.
    package func keepReply(
        _ text: String, to request: ContentHash, of model: String, at time: String
    ) throws {
        try uncounted { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO kept_replies VALUES (?, ?, ?, ?)",
                arguments: [Data(request.bytes), time, model, text])
        }
    }
}

extension StoreReader {
    /// What a model replied to the request of that hash, where it was kept.
    package func keptReply(to request: ContentHash) throws -> String? {
        try String.fetchOne(
            database, sql: "SELECT text FROM kept_replies WHERE request = ?",
            arguments: [Data(request.bytes)])
    }

    /// The bytes of text in the last `limit` requests to a model whose tokens it counted, and the
    /// tokens, in the order of the requests.
    package func countedRequests(
        to model: String, limit: Int
    ) throws -> [(bytes: Int, tokens: Int)] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT input_bytes, input_tokens FROM model_calls
                WHERE model = ? AND input_bytes > 0 AND NOT is_estimated ORDER BY id DESC LIMIT ?
                """, arguments: [model, limit]
        ).reversed().map { ($0["input_bytes"], $0["input_tokens"]) }
    }

    /// US dollars paid since `time`, RFC 3339 in UTC; requests of unknown price count nothing.
    package func cost(since time: String) throws -> Double {
        try Double.fetchOne(
            database, sql: "SELECT total(cost_usd) FROM model_calls WHERE at >= ?",
            arguments: [time]) ?? 0
    }

    /// What was taken of each model for each purpose since `time` (RFC 3339 in UTC; nil for all), the
    /// dearest first; the last day first where days are told apart.
    package func costs(since time: String?, isByDay: Bool) throws -> [ModelCost] {
        let day = isByDay ? "substr(at, 1, 10)" : "NULL"
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT model, \(day) AS day, purpose, count(*) AS requests,
                    sum(input_tokens) AS input, sum(output_tokens) AS output,
                    sum(cached_tokens) AS cached, sum(cache_write_tokens) AS written,
                    sum(reasoning_tokens) AS reasoning, max(is_estimated) AS estimated,
                    sum(cost_usd) AS cost
                FROM model_calls WHERE at >= ? GROUP BY 1, 2, 3
                ORDER BY day DESC, coalesce(cost, 0) DESC, model, purpose
                """, arguments: [time ?? ""])
        return try rows.map(cost)
    }

    private func cost(_ row: Row) throws -> ModelCost {
        let word: String = row["purpose"]
        guard let purpose = ModelCall.Purpose(rawValue: word) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "purpose '\(word)'")
        }
        return ModelCost(
            model: row["model"], day: row["day"], purpose: purpose, requests: row["requests"],
            usage: TokenUsage(
                inputTokens: row["input"], cachedTokens: row["cached"],
                cacheWriteTokens: row["written"], outputTokens: row["output"],
                reasoningTokens: row["reasoning"], isEstimated: row["estimated"]),
            cost: row["cost"])
    }
}
