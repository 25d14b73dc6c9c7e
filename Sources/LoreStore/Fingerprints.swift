import Foundation
import GRDB
package import LoreCore

/// The makings of vectors that the index knows, inside the caller's transaction.
enum Fingerprints {
    /// The row of `fingerprint`, or nil where it never made a vector of this index.
    static func find(_ fingerprint: EmbeddingFingerprint, in database: Database) throws -> Int64? {
        try Int64.fetchOne(
            database, sql: "SELECT id FROM fingerprints WHERE json = ?",
            arguments: [JSONText.encode(fingerprint)])
    }

    /// The row of `fingerprint`, made where there is none.
    static func row(of fingerprint: EmbeddingFingerprint, in database: Database) throws -> Int64 {
        if let row = try find(fingerprint, in: database) { return row }
        try database.execute(
            sql: "INSERT INTO fingerprints(json) VALUES (?)",
            arguments: [JSONText.encode(fingerprint)])
        return database.lastInsertedRowID
    }

    static func decode(_ json: String) throws -> EmbeddingFingerprint {
        do {
            return try JSONDecoder().decode(EmbeddingFingerprint.self, from: Data(json.utf8))
        } catch {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "fingerprint '\(json)'")
        }
    }
}

extension Store {
    /// Makes `fingerprint` the one whose vectors answer.
    package func setActiveFingerprint(_ fingerprint: EmbeddingFingerprint) throws {
        if try read({ try $0.activeFingerprint() }) == fingerprint { return }
        try write { database in
            let row = try Fingerprints.row(of: fingerprint, in: database)
            try database.execute(
                sql: "INSERT OR REPLACE INTO settings VALUES ('active_fingerprint', ?)",
                arguments: [row])
        }
    }
}

extension StoreReader {
    /// The making of the vectors that answer; nil before the first was chosen.
    package func activeFingerprint() throws -> EmbeddingFingerprint? {
        let json = try String.fetchOne(
            database,
            sql: """
                SELECT json FROM fingerprints JOIN settings ON settings.value = fingerprints.id
                WHERE settings.name = 'active_fingerprint'
                """)
        return try json.map(Fingerprints.decode)
    }
}
