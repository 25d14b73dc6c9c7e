package import LoreCore

/// One regular file that the walk found and lore can read.
package struct FileEntry: Hashable, Sendable {
    /// The path below the root, parts joined by `/`.
    package let path: String
    package let size: Int64
    /// When the content last changed, nanoseconds since 1970.
    package let modifiedNanoseconds: Int64
    /// When the inode last changed, nanoseconds since 1970; unlike the above, no program can set it.
    package let changedNanoseconds: Int64
    package let inode: UInt64
    package let format: DocumentFormat

    package init(
        path: String, size: Int64, modifiedNanoseconds: Int64, changedNanoseconds: Int64,
        inode: UInt64, format: DocumentFormat
    ) {
        self.path = path
        self.size = size
        self.modifiedNanoseconds = modifiedNanoseconds
        self.changedNanoseconds = changedNanoseconds
        self.inode = inode
        self.format = format
    }
}

/// What a walk found.
package struct FolderListing: Sendable {
    /// In the order of their paths' bytes.
    package let files: [FileEntry]
    /// Folders that cannot be read and names that are not UTF-8, in the order met.
    package let failures: [SkippedFile]
    /// Paths of the folders that could not be listed in full, the root as an empty string.
    ///
    /// Nothing below them may be taken for deleted.
    package let unreadableFolders: [String]
    /// Paths of the folders that were looked into, the root as an empty string.
    package let folders: [String]
}
