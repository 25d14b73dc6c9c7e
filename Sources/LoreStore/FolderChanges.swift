package import LoreCore

/// A note as it is now, to take the place of what the index has of it.
package struct DocumentUpdate: Sendable {
    package let document: Document
    package let file: FileStamp
    package let chunking: ChunkingFingerprint
    /// In the order of the note.
    package let chunks: [Chunk]
    /// The row of the document that this one was before it was moved; nil: the one at its path.
    package let movedFrom: Int64?

    package init(
        document: Document, file: FileStamp, chunking: ChunkingFingerprint, chunks: [Chunk],
        movedFrom: Int64? = nil
    ) {
        self.document = document
        self.file = file
        self.chunking = chunking
        self.chunks = chunks
        self.movedFrom = movedFrom
    }
}

/// What is to change in one folder, in one transaction.
///
/// Vectors that no chunk needs any more go at the end of the transaction: a text that leaves one
/// note and enters another keeps its vector where both are in the same changes, or the note that
/// gains it is written before the one that loses it.
package struct FolderChanges: Sendable {
    package var updates: [DocumentUpdate]
    /// Rows of documents whose files are gone.
    package var removals: [Int64]
    /// New stamps of documents, by row, whose files were touched and say the same.
    package var restamps: [Int64: FileStamp]

    package init(
        updates: [DocumentUpdate] = [], removals: [Int64] = [], restamps: [Int64: FileStamp] = [:]
    ) {
        self.updates = updates
        self.removals = removals
        self.restamps = restamps
    }
}

/// What a write did to the chunks.
package struct ChunkCounts: Hashable, Sendable {
    package internal(set) var added = 0
    package internal(set) var kept = 0
    package internal(set) var removed = 0
}
