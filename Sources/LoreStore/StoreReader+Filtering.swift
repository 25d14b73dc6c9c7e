import GRDB
package import LoreCore

extension StoreReader {
    /// The documents that pass `filter`.
    ///
    /// One pass over the documents; nothing of the filter becomes SQL but which columns are read.
    ///
    /// - Throws: The errors of any read.
    /// - Complexity: O(*n*) for *n* documents.
    package func documents(passing filter: FilterMatcher) throws -> RowSet {
        var folders: [Int64: [UInt8]] = [:]
        try RawStatement(database, "SELECT id, name FROM folders").run {
            folders[$0.integer(0)] = folded($0.utf8(1))
        }
        let fields = Field.allCases.filter { !filter.needs.isDisjoint(with: $0.servesNeeds) }
        let columns = (["id"] + fields.map(\.rawValue)).joined(separator: ", ")
        var rows = RowSet()
        var facts = NoteFacts()
        let statement = try RawStatement(
            database, "SELECT \(columns) FROM documents ORDER BY id")
        try statement.run { row in
            var folder: Int64 = 0
            for (index, field) in fields.enumerated() {
                let column = Int32(index + 1)
                switch field {
                case .folder: folder = row.integer(column)
                case .path: facts.place(folders[folder] ?? [], folded(row.utf8(column)))
                case .format: facts.format = Array(row.utf8(column))
                case .title: facts.title = folded(row.utf8(column))
                case .tags: facts.tags = try JSONText.folded(row.utf8(column))
                case .aliases: facts.aliases = try JSONText.folded(row.utf8(column))
                case .date: facts.day = Day(isoDate: row.utf8(column))
                case .modified: facts.modifiedNanoseconds = row.integer(column)
                }
            }
            if filter.matches(facts) { rows.insert(row.integer(0)) }
        }
        return rows
    }

    /// The texts that chunks of `documents` say.
    ///
    /// - Throws: The errors of any read.
    /// - Complexity: O(*n*) for *n* chunks of the index.
    package func texts(ofDocuments documents: RowSet) throws -> RowSet {
        var texts = RowSet()
        try forEachTextOfChunk { text, chunk in
            if documents.contains(ChunkRow.document(of: chunk)) { texts.insert(text) }
        }
        return texts
    }
}

/// A column that a filter may look at; a folder is known before a path.
private enum Field: String, CaseIterable {
    case folder = "folder_id"
    case path, format, title, tags, aliases, date
    case modified = "modified_ns"

    /// What it is read for.
    var servesNeeds: FilterNeeds {
        switch self {
        case .folder: .folder
        case .path: [.path, .folder]
        case .format: .format
        case .title: .title
        case .tags: .tags
        case .aliases: .aliases
        case .date, .modified: .dates
        }
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
