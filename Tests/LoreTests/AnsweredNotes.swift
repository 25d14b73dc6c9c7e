import Foundation
import Lore
import LoreCore
import LoreStore
import TestSupport

/// Notes in a folder, an index of them without an embedding model, and answers that cite them.
struct AnsweredNotes {
    let folder: TemporaryFolder
    let configuration: Configuration

    init(
        _ notes: [String: String], _ change: (inout Configuration) -> Void = { _ in }
    ) async throws {
        folder = try TemporaryFolder()
        var configuration = Configuration(in: folder)
        change(&configuration)
        self.configuration = configuration
        for (path, text) in notes { try write(text, to: path) }
        try await index()
    }

    var knowledgeBase: KnowledgeBase { KnowledgeBase(configuration: configuration) }

    func url(_ path: String) -> URL { folder.url.appending(path: "notes").appending(path: path) }

    func write(_ text: String, to path: String, in name: String = "notes") throws {
        try folder.write(text, to: name + "/" + path)
    }

    func remove(_ path: String) throws { try FileManager.default.removeItem(at: url(path)) }

    /// Makes files that hold `old` hold `new`; one that has moved keeps its inode.
    func replace(_ old: [String: String], by new: [String: String]) throws {
        var vanished = old.keys.filter { new[$0] == nil }
        for (path, text) in new where old[path] != text {
            if let index = vanished.firstIndex(where: { old[$0] == text }) {
                try move(vanished.remove(at: index), to: path)
            } else {
                try write(text, to: path)
            }
        }
        try vanished.forEach(remove)
    }

    private func move(_ path: String, to other: String) throws {
        try FileManager.default.createDirectory(
            at: url(other).deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.moveItem(at: url(path), to: url(other))
    }

    func index(_ name: String = "notes") async throws {
        _ = try await knowledgeBase.index(
            IndexRequest(folders: [folder.url.appending(path: name).path], embeds: false))
    }

    /// Keeps an answer that quotes `quotes`, each the first of its kind in its note; an empty one stands
    /// for a whole passage.
    func keep(
        _ id: String, _ quotes: [(path: String, quote: String)], asking question: String = "What?"
    ) throws {
        let store = try Store(path: configuration.database.path, access: .readWrite)
        let severalFolders = try store.read { try $0.folders() }.count > 1
        let hits = try quotes.map { try hit($0.path, $0.quote, severalFolders, store) }
        let citations = zip(quotes, hits).enumerated().map { index, cited in
            citation(index + 1, of: cited.0.quote, in: cited.1)
        }
        try store.open(
            OpenedTurn(
                conversationID: "c", answerID: id, askedAt: "2026-12-01T10:00:00Z",
                question: question, standaloneQuestion: question, model: "extractive"))
        try store.close(
            Answer(
                id: id, conversationID: "c", question: question, standaloneQuestion: question,
                state: .grounded, confidence: 1, text: "It is.", citations: citations,
                passages: hits, model: "extractive", usage: .none, took: .zero))
        try store.close()
    }

    private struct NoSuchChunk: Error {}

    private func hit(
        _ path: String, _ quote: String, _ severalFolders: Bool, _ store: Store
    ) throws -> Hit {
        let chunk = try store.read { reader in
            try reader.documents()
                .filter { (severalFolders ? "\($0.folderName)/" : "") + $0.document.path == path }
                .flatMap { try reader.chunks(ofDocument: $0.row) }
                .first { quote.isEmpty || $0.chunk.text.contains(quote) }
        }
        guard let chunk else { throw NoSuchChunk() }
        return Hit(
            rank: 1, score: 1, folder: chunk.folderName, path: path, title: chunk.title,
            chunk: chunk.chunk, explanation: [])
    }

    private func citation(_ number: Int, of quote: String, in hit: Hit) -> Citation {
        Citation(
            number: number, folder: hit.folder, path: hit.path,
            range: quote.isEmpty ? hit.chunk.range : range(of: quote, in: hit.chunk),
            quote: quote, verified: !quote.isEmpty, chunkID: hit.chunk.id)
    }

    private func range(of quote: String, in chunk: Chunk) -> SourceRange {
        let before = Array(chunk.text.components(separatedBy: quote)[0].utf8)
        let start = chunk.range.bytes.lowerBound + before.count
        let line = chunk.range.lines.lowerBound + newlines(before)
        return SourceRange(
            bytes: start..<start + quote.utf8.count,
            lines: line...line + newlines(Array(quote.utf8)))
    }

    private func newlines(_ bytes: [UInt8]) -> Int { bytes.count { $0 == UInt8(ascii: "\n") } }

    /// What `verify` says: `path:start-end status` of each citation.
    func verified(_ id: String? = nil) async throws -> [String] {
        let report = try await knowledgeBase.verification(ofAnswer: id)
        return report.answers.flatMap(\.citations).map { checked in
            let lines = checked.range.map { ":\($0.lines.lowerBound)-\($0.lines.upperBound)" }
            return "\(checked.path)\(lines ?? "") \(checked.status.rawValue)"
        }
    }
}
