import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The file that an index is made in.
enum IndexFile {
    /// Makes an empty file that only its owner can read, and the folder for it.
    ///
    /// SQLite takes an empty file for a new database, and gives the log beside it the same mode.
    static func create(at path: String) throws {
        try createFolder(of: path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
        } else if errno != EEXIST {
            throw creationError(errno, path: path)
        }
    }

    /// Opens the lease file of the database at `path`; it is made, its owner's alone, where there is
    /// none.
    ///
    /// - Returns: A descriptor that no child process inherits.
    static func openLease(besideDatabase path: String) throws -> Int32 {
        try createFolder(of: path)
        let lease = WriterLease.path(besideDatabase: path)
        let descriptor = open(lease, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw creationError(errno, path: path) }
        return descriptor
    }

    /// Returns when the bytes of the file at `path` are on the disk.
    static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw creationError(errno, path: path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw creationError(errno, path: path) }
    }

    /// Gives the file at `path` the name `target`, for good.
    static func move(_ path: String, to target: String) throws {
        guard rename(path, target) == 0 else { throw creationError(errno, path: target) }
        try sync(URL(fileURLWithPath: target).deletingLastPathComponent().path)
    }

    private static func createFolder(of path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw StoreError.cannotOpen(path: path, reason: "no folder '\(folder.path)'")
        }
    }

    private static func creationError(_ code: Int32, path: String) -> StoreError {
        switch code {
        case ENOSPC, EDQUOT: .diskFull(path: path)
        case EROFS, EACCES, EPERM: .readOnly(path: path)
        default: .cannotOpen(path: path, reason: String(cString: strerror(code)))
        }
    }
}
