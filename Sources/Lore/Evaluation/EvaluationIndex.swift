import Foundation
import LoreCore
import LoreEmbedding
import LoreIngest
import LoreStore

/// Brings the documents of a set into an index of the set's own.
struct EvaluationIndex {
    let knowledgeBase: KnowledgeBase
    let progress: @Sendable (EvaluationProgress) -> Void

    /// What the folder of a set's texts is called.
    static let folder = "corpus"

    /// Documents changed in one transaction.
    private static let batch = 500

    /// Makes the index equal to the set; what is there from an earlier run is kept.
    ///
    /// - Returns: The ids of the set's documents, by their rows.
    func bring(_ set: EvaluationSet) async throws -> [Int64: String] {
        switch set.documents {
        case .notes(let folder):
            _ = try await knowledgeBase.index(IndexRequest(folders: [folder.path])) { report($0) }
        case .texts(let file):
            let texts = try EvaluationSet.texts(file)
            try await knowledgeBase.opened.write { try await bring(texts, from: file, to: $0) }
        }
        let store = try knowledgeBase.opened.reader()
        let documents = try store.read { try $0.documents() }
        return Dictionary(uniqueKeysWithValues: documents.map { ($0.row, $0.document.path) })
    }

    private func report(_ indexing: IndexProgress) {
        progress(
            EvaluationProgress(
                phase: indexing.phase.rawValue, done: indexing.done, total: indexing.total))
    }

    private func bring(
        _ texts: [EvaluationSet.Text], from file: URL, to store: Store
    ) async throws {
        let embedder = try await knowledgeBase.models.embedderIfInstalled(
            named: knowledgeBase.configuration.embeddingModel(for: nil))
        let folder = try store.addFolder(name: Self.folder, path: file.path)
        let stamps = try store.read { try $0.stamps(of: folder) }
        let known = Dictionary(
            stamps.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        let chunker = knowledgeBase.configuration.chunker(for: embedder)
        var updates: [DocumentUpdate] = []
        for (index, text) in texts.enumerated() {
            let note = try note(text)
            let isKnown =
                known[text.id].map {
                    $0.contentHash == note.document.contentHash
                        && $0.chunking == chunker.fingerprint.description
                } ?? false
            if !isKnown { updates.append(update(note, chunker)) }
            if updates.count == Self.batch || index == texts.count - 1 {
                _ = try store.apply(FolderChanges(updates: updates), to: folder, at: Date())
                updates.removeAll()
            }
            report(IndexProgress(phase: .reading, done: index + 1, total: texts.count))
        }
        try remove(Set(known.keys).subtracting(texts.map(\.id)), known, folder, store)
        guard let embedder else { return }
        _ = try await VectorFill(
            store: store, embedder: embedder,
            localOnly: LocalOnly(knowledgeBase.configuration),
            batch: knowledgeBase.configuration.embeddingBatch,
            budget: try EmbeddingBudget(
                limit: nil, embedder: embedder, ledger: knowledgeBase.ledger),
            progress: { report(IndexProgress(phase: .embedding, done: $0, total: $1)) }
        ).run()
        try store.setActiveFingerprint(embedder.fingerprint)
    }

    /// A document of the set as a note: its id is the path, its title the set's.
    private func note(_ text: EvaluationSet.Text) throws -> ReadDocument {
        let reader = knowledgeBase.configuration.documentReader
        let note = try reader.document(
            path: text.id, format: .markdown, bytes: Array(text.text.utf8))
        let titled = Data((text.title + "\0" + text.text).utf8)
        return ReadDocument(
            document: Document(
                path: text.id, format: .markdown, title: text.title,
                tags: note.document.tags, isLocalOnly: note.document.isLocalOnly,
                contentHash: DocumentReader.hash(of: [UInt8](titled))),
            text: note.text, blocks: note.blocks)
    }

    private func update(_ note: ReadDocument, _ chunker: Chunker) -> DocumentUpdate {
        // There is no file of its own: what changed is told by the hash alone.
        let none = FileStamp(
            size: 0, modifiedNanoseconds: 0, changedNanoseconds: 0, inode: 0)
        return DocumentUpdate(
            document: note.document, file: none, chunking: chunker.fingerprint,
            chunks: chunker.chunks(of: note))
    }

    private func remove(
        _ paths: Set<String>, _ known: [String: DocumentStamp], _ folder: StoredFolder,
        _ store: Store
    ) throws {
        guard !paths.isEmpty else { return }
        let rows = paths.compactMap { known[$0]?.id }.sorted()
        _ = try store.apply(FolderChanges(removals: rows), to: folder, at: Date())
    }
}
