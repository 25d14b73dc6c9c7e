import Foundation
import LoreCore
import LoreIngest
import LoreStore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What is around the file: folders, notes, modes, the disk, and who writes.
extension Doctor {
    func folders(_ name: String, _ store: Store) throws -> Check {
        let folders = try store.read { try $0.folders() }
        let lost = folders.filter { !isReadable($0) }
        guard let first = lost.first else {
            return .sound(name, folders.map(\.name).joined(separator: ", "))
        }
        let names = lost.map { "'\($0.name)' (\($0.path))" }.joined(separator: ", ")
        return .faulty(
            name, "cannot be read: \(names)", mendedBy: "lore folders remove '\(first.name)'")
    }

    func files(_ name: String, _ store: Store) throws -> Check {
        let sweep = Sweep(store: store, reader: configuration.documentReader)
        let folders = try store.read { try $0.folders() }.filter(isReadable)
        let changed = try folders.reduce(0) { try $0 + sweep.look(at: $1).changes }
        guard changed > 0 else { return .sound(name, "as they were indexed") }
        return .faulty(
            name, "\(changed) file\(changed == 1 ? " has" : "s have") changed since indexing",
            mendedBy: "lore index")
    }

    /// Files that are no notes are no fault: what is named here is what no answer comes from.
    func skippedFiles(_ name: String, _ store: Store) throws -> Check {
        let refused = try store.read { reader in
            try reader.folders().flatMap { try reader.refusedFiles(of: $0) }
        }
        guard !refused.isEmpty else { return .sound(name, "none") }
        let shown = refused.prefix(3).map { "\($0.path) (\($0.reason))" }
        let more = refused.count > 3 ? ", …" : ""
        return .sound(name, "\(refused.count): " + shown.joined(separator: ", ") + more)
    }

    private func isReadable(_ folder: StoredFolder) -> Bool {
        // Why it cannot be read is told by `lore index`, which needs to say more.
        (try? FolderWalker(root: URL(fileURLWithPath: folder.path, isDirectory: true))) != nil
    }

    func fileModes(_ name: String) -> Check {
        let open = IndexModes.openToOthers(path)
        guard !open.isEmpty else { return .sound(name, "its owner's alone") }
        let files = open.map { "'\($0)'" }.joined(separator: " ")
        return .faulty(
            name, "others than the owner may read or write \(files)",
            mendedBy: "lore doctor --fix")
    }

    func freeDisk(_ name: String) throws -> Check {
        let folder = configuration.database.deletingLastPathComponent().path
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else {
            return .faulty(name, "cannot be told for '\(folder)'", mendedBy: nil)
        }
        let free = Int64(status.f_bavail) * Int64(status.f_frsize)
        let needed = Configuration.spareBytes + IndexModes.bytes(of: path)
        guard free < needed else { return .sound(name, "\(free / 1_000_000) MB") }
        return .faulty(
            name,
            "\(free / 1_000_000) MB are free; to rewrite the index takes \(needed / 1_000_000) MB",
            mendedBy: nil)
    }

    func writer(_ name: String) -> Check {
        guard WriterLease.isHeld(besideDatabase: path) else { return .sound(name, "nobody writes") }
        let holder = WriterLease.currentHolder(besideDatabase: path)
        return .sound(name, holder?.description ?? "another process writes")
    }
}

/// The permissions of an index's files.
enum IndexModes {
    /// The database, its log, the log's index and the lease.
    private static func files(_ path: String) -> [String] {
        ["", "-wal", "-shm", "-lease"].map { path + $0 }
    }

    /// Those of the index's files that others than their owner may read or write.
    static func openToOthers(_ path: String) -> [String] {
        files(path).filter { file in
            var status = stat()
            return stat(file, &status) == 0 && status.st_mode & 0o077 != 0
        }
    }

    /// Makes the index's files their owner's alone.
    ///
    /// - Returns: Those that were not.
    static func close(_ path: String) -> [String] {
        openToOthers(path).filter { chmod($0, 0o600) == 0 }
    }

    /// Of the database alone.
    static func bytes(of path: String) -> Int64 {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }
}
