package import LoreCore

/// A note as the index has it.
package struct StoredDocument: Hashable, Sendable {
    package let row: Int64
    package let folderID: Int64
    package let folderName: String
    package let folderPath: String
    package let document: Document
    package let file: FileStamp
    /// RFC 3339, UTC.
    package let indexedAt: String
}
