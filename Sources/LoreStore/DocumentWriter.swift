import GRDB
import LoreCore

/// Brings documents of one folder up to date, inside the caller's transaction.
struct DocumentWriter {
    private let folder: Int64
    private let indexedAt: String
    private let database: Database
    private let fullText: FullText
    private let texts: EmbeddedTexts
    private let chunks: ChunkStatements
    private let documents: DocumentStatements
    private(set) var counts = ChunkCounts()
    /// Rows of texts that lost a chunk: some may be orphans.
    private var released: Set<Int64> = []

    init(_ database: Database, folder: Int64, indexedAt: String) throws {
        self.folder = folder
        self.indexedAt = indexedAt
        self.database = database
        fullText = try FullText(database)
        texts = try EmbeddedTexts(database)
        chunks = try ChunkStatements(database)
        documents = try DocumentStatements(database)
    }

    /// Makes all of `changes`.
    mutating func apply(_ changes: FolderChanges) throws {
        for row in changes.removals { try remove(row) }
        for update in changes.updates { try replace(update) }
        for (row, stamp) in changes.restamps.sorted(by: { $0.key < $1.key }) {
            try documents.restamp(row, stamp)
        }
        try texts.removeOrphans(among: released)
    }

    /// Removes the document in `row` with all that is known of it, orphaned vectors excepted.
    private mutating func remove(_ row: Int64) throws {
        let rows = ChunkRow.rows(of: row)
        try fullText.remove(rows)
        for old in try chunks.load(rows) {
            released.insert(old.textID)
            counts.removed += 1
        }
        try chunks.delete(rows)
        try documents.delete(row)
    }

    private mutating func replace(_ update: DocumentUpdate) throws {
        let atPath = try documents.find(update.document.path, folder: folder)
        let moved = try update.movedFrom.flatMap { try documents.title(of: $0) == nil ? nil : $0 }
        if let moved, let atPath, moved != atPath { try remove(atPath) }
        if let row = moved ?? atPath {
            try rewrite(row, update)
        } else {
            let row = try documents.insert(update, folder: folder, indexedAt: indexedAt)
            try write(update, row: row, kept: [:], used: [])
        }
    }

    /// Brings the document in `row` up to date; chunks that say the same keep their rows.
    private mutating func rewrite(_ row: Int64, _ update: DocumentUpdate) throws {
        let old = try chunks.load(ChunkRow.rows(of: row))
        let kept = match(update.chunks, with: old)
        let keptRows = Set(kept.values.map(\.row))
        let retitled = try documents.title(of: row) != update.document.title
        for chunk in old where retitled || !keptRows.contains(chunk.row) {
            try fullText.remove(chunk.row...chunk.row)
        }
        for chunk in old where !keptRows.contains(chunk.row) {
            released.insert(chunk.textID)
            counts.removed += 1
            try chunks.delete(chunk.row...chunk.row)
        }
        try documents.update(row, update, folder: folder, indexedAt: indexedAt)
        try write(
            update, row: row, kept: kept, used: Set(old.map(\.row)), indexingKept: retitled)
    }

    /// Pairs each of `new`, by index, with one of `old` of the same heading and text, in order.
    private func match(_ new: [Chunk], with old: [OldChunk]) -> [Int: OldChunk] {
        var waiting = Dictionary(grouping: old.reversed(), by: \.content)
        var kept: [Int: OldChunk] = [:]
        for (index, chunk) in new.enumerated() {
            let content = ChunkContent(
                heading: JSONText.encode(chunk.heading), lead: chunk.lead, text: chunk.text)
            kept[index] = waiting[content]?.popLast()
        }
        return kept
    }

    /// Writes the chunks of `update` to the document in `row`.
    private mutating func write(
        _ update: DocumentUpdate, row document: Int64, kept: [Int: OldChunk], used: Set<Int64>,
        indexingKept: Bool = false
    ) throws {
        var free = FreeRows(document: document, used: used)
        for (ordinal, chunk) in update.chunks.enumerated() {
            let heading = JSONText.encode(chunk.heading)
            let text = try texts.row(of: chunk.embeddedTextHash)
            let row: Int64
            if let old = kept[ordinal] {
                row = old.row
                counts.kept += 1
                if old.textID != text { released.insert(old.textID) }
                try chunks.update(row, ordinal, chunk, textID: text)
            } else {
                guard let next = free.next() else {
                    throw StoreError.tooManyChunks(
                        path: update.document.path, limit: Int(ChunkRow.limit))
                }
                row = next
                counts.added += 1
                try chunks.insert(
                    row, document, ordinal, chunk, heading: heading, textID: text)
            }
            if kept[ordinal] == nil || indexingKept {
                try fullText.insert(
                    row, title: update.document.title, heading: heading + chunk.lead,
                    body: chunk.text)
            }
        }
        try documents.setLengths(document, try fullText.lengths(of: document))
    }
}

/// The rows that new chunks of a document may take: after the last one first, then the gaps.
private struct FreeRows {
    private let rows: ClosedRange<Int64>
    private let used: Set<Int64>
    private var candidate: Int64
    private var tried: Int64 = 0

    init(document: Int64, used: Set<Int64>) {
        rows = ChunkRow.rows(of: document)
        self.used = used
        candidate = used.max().map { $0 + 1 } ?? rows.lowerBound
    }

    mutating func next() -> Int64? {
        while tried < ChunkRow.limit {
            let row = rows.contains(candidate) ? candidate : rows.lowerBound
            candidate = row + 1
            tried += 1
            if !used.contains(row) { return row }
        }
        return nil
    }
}
