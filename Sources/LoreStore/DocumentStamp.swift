package import LoreCore

/// What the file system says of a file: equal stamps mean that it need not be read again.
package struct FileStamp: Hashable, Sendable {
    package let size: Int64
    package let modifiedNanoseconds: Int64
    package let changedNanoseconds: Int64
    package let inode: UInt64

    package init(
        size: Int64, modifiedNanoseconds: Int64, changedNanoseconds: Int64, inode: UInt64
    ) {
        self.size = size
        self.modifiedNanoseconds = modifiedNanoseconds
        self.changedNanoseconds = changedNanoseconds
        self.inode = inode
    }
}

/// What the index remembers of an indexed file.
package struct DocumentStamp: Hashable, Sendable {
    /// The document's row.
    package let id: Int64
    /// Below the folder.
    package let path: String
    package let file: FileStamp
    package let contentHash: ContentHash
    /// The `description` of the `ChunkingFingerprint` that its chunks were cut by.
    package let chunking: String
}
