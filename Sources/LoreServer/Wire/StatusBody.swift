package import Lore

/// `status --json` and the answer to `GET /api/status`.
package struct StatusBody: Encodable, Sendable {
    let db: String
    let folders: [FolderBody]
    let documents: Int
    let chunks: Int
    let embedded: Int
    let pending: Int
    let truncated: Int
    let embeddingModel: String?
    let dimensions: Int?
    let bytes: Int64
    let lastIndexedAt: String?

    package init(_ status: Status) {
        db = status.database
        folders = status.folders.map(FolderBody.init)
        documents = status.documents
        chunks = status.chunks
        embedded = status.embedded
        pending = status.pending
        truncated = status.truncated
        embeddingModel = status.embeddingModel
        dimensions = status.dimensions
        bytes = status.bytes
        lastIndexedAt = status.lastIndexedAt?.wireTime
    }
}

/// A registered folder.
package struct FolderBody: Encodable, Sendable {
    let name: String
    let path: String
    let documents: Int

    package init(_ folder: FolderSummary) {
        name = folder.name
        path = folder.path
        documents = folder.documents
    }
}

/// `folders --json`.
package struct FoldersBody: Encodable, Sendable {
    let folders: [FolderBody]

    package init(_ folders: [FolderSummary]) { self.folders = folders.map(FolderBody.init) }
}

/// `get --json`.
package struct ExcerptBody: Encodable, Sendable {
    let path: String
    let startLine: Int
    let endLine: Int
    let text: String

    package init(_ excerpt: Excerpt) {
        path = excerpt.path
        startLine = excerpt.lines.lowerBound
        endLine = excerpt.lines.upperBound
        text = excerpt.text
    }
}
