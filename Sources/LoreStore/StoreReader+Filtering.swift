import GRDB
package import LoreCore

extension StoreReader {
    /// The documents that pass `filter`.
    ///
    /// One pass over the documents; nothing of the filter becomes SQL.
    ///
    /// - Throws: The errors of any read.
    /// - Complexity: O(*n*) for *n* documents.
    package func documents(passing filter: FilterMatcher) throws -> DocumentRows {
        var folders: [Int64: [UInt8]] = [:]
        try RawStatement(database, "SELECT id, name FROM folders").run {
            folders[$0.integer(0)] = folded($0.utf8(1))
        }
        var rows = DocumentRows()
        let statement = try RawStatement(
            database,
            """
            SELECT id, folder_id, path, format, title, tags, aliases, date, modified_ns
            FROM documents ORDER BY id
            """)
        try statement.run { row in
            let facts = try Self.facts(row, filter.needs, folders)
            if filter.matches(facts) { rows.insert(row.integer(0)) }
        }
        return rows
    }

    /// What `needs` names of the document in `row`.
    private static func facts(
        _ row: RawStatement, _ needs: FilterNeeds, _ folders: [Int64: [UInt8]]
    ) throws -> NoteFacts {
        var facts = NoteFacts()
        if needs.contains(.folder) { facts.folder = folders[row.integer(1), default: []] }
        if needs.contains(.path) { facts.path = folded(row.utf8(2)) }
        if needs.contains(.format) { facts.format = Array(row.utf8(3)) }
        if needs.contains(.title) { facts.title = folded(row.utf8(4)) }
        if needs.contains(.tags) { facts.tags = try JSONText.folded(row.utf8(5)) }
        if needs.contains(.aliases) { facts.aliases = try JSONText.folded(row.utf8(6)) }
        if needs.contains(.dates) {
            facts.day = Day(isoDate: row.utf8(7))
            facts.modifiedNanoseconds = row.integer(8)
        }
        return facts
    }
}

extension JSONText {
    /// The strings of a JSON array that `encode` wrote, folded.
    ///
    /// Where nothing is escaped, as in most, by a plain scan: every document passes by.
    fileprivate static func folded(_ json: UnsafeBufferPointer<UInt8>) throws -> [[UInt8]] {
        if json.count <= 2 { return [] }
        if json.contains(UInt8(ascii: "\\")) {
            return try strings(String(decoding: json, as: UTF8.self)).map {
                LoreCore.folded($0.utf8)
            }
        }
        // Between quotes stand a string and a comma by turns.
        var strings: [[UInt8]] = []
        var start: Int?
        for index in 0..<json.count where json[index] == UInt8(ascii: "\"") {
            if let first = start {
                strings.append(LoreCore.folded(UnsafeBufferPointer(rebasing: json[first..<index])))
                start = nil
            } else {
                start = index + 1
            }
        }
        return strings
    }
}
