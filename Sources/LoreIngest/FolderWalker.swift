package import Foundation
import LoreCore

/// Finds the notes in a folder.
///
/// Hidden names, links, and what `.gitignore` and `.loreignore` exclude are left out. A link's
/// target inside the root is found at its own path; one outside is not the folder's.
package struct FolderWalker: Sendable {
    private let root: Descriptor

    /// Opens the folder to walk.
    ///
    /// - Throws: `IngestError.rootNotFound`, `.rootNotAFolder` or `.rootUnreadable`.
    package init(root: URL) throws {
        let path = root.path
        do {
            self.root = try Descriptor.root(path)
        } catch {
            switch error.code {
            case ENOENT: throw IngestError.rootNotFound(path: path)
            case ENOTDIR: throw IngestError.rootNotAFolder(path: path)
            default: throw IngestError.rootUnreadable(path: path, errno: error.code)
            }
        }
    }

    /// Lists every note below the root; what cannot be read is named among the failures.
    ///
    /// - Throws: `CancellationError`.
    /// - Complexity: One `readdir` a name and one `fstatat` a note.
    package func walk() throws -> FolderListing {
        var walk = Walk()
        try walk.visit(root, path: [], depth: 0)
        return FolderListing(
            files: walk.files, failures: walk.failures, unreadableFolders: walk.unreadableFolders,
            folders: walk.folders)
    }
}

/// The state of one walk.
private struct Walk {
    /// Each level holds one descriptor, and processes may have as few as 256.
    static let maxDepth = 128

    var files: [FileEntry] = []
    var failures: [SkippedFile] = []
    var unreadableFolders: [String] = []
    var folders: [String] = []
    var ignore = IgnoreStack()

    /// Walks one folder; `path` is empty for the root, else ends with a slash.
    mutating func visit(_ folder: Descriptor, path: [UInt8], depth: Int) throws {
        try Task.checkCancellation()
        let names: [FolderName]
        do {
            names = try folder.names()
        } catch {
            return failed(folder: path, "cannot be read (\(reason(of: error.code)))")
        }
        folders.append(String(decoding: path.dropLast(), as: UTF8.self))
        pushRules(of: folder, names, path: path)
        defer { ignore.pop() }
        for item in sorted(names.filter { !$0.isHidden }, in: folder) {
            try visit(item.name, item.kind, in: folder, path: path, depth: depth)
        }
    }

    private mutating func visit(
        _ name: FolderName, _ kind: FileKind, in folder: Descriptor, path: [UInt8], depth: Int
    ) throws {
        let format = DocumentFormat(fileName: name.bytes)
        guard kind == .folder || (kind == .file && format != nil) else { return }
        let own = path + name.bytes
        guard !ignore.excludes(own, nameStart: path.count, isFolder: kind == .folder) else {
            return
        }
        guard let text = String(validating: own, as: UTF8.self) else {
            return fail(own, "its name is not UTF-8; rename it")
        }
        if kind == .folder {
            try descend(name, of: folder, path: own + [slash], depth: depth + 1)
        } else if let format {
            addFile(name, in: folder, path: text, format: format)
        }
    }

    private mutating func descend(
        _ name: FolderName, of folder: Descriptor, path: [UInt8], depth: Int
    ) throws {
        guard depth <= Self.maxDepth else {
            return failed(folder: path, "lies more than \(Self.maxDepth) folders deep; move it up")
        }
        let inner: Descriptor
        do {
            inner = try folder.folder(name.cString)
        } catch {
            // Removed or replaced by a link since it was listed: no longer a folder of ours.
            if [ENOENT, ENOTDIR, ELOOP].contains(error.code) { return }
            return failed(folder: path, "cannot be read (\(reason(of: error.code)))")
        }
        try visit(inner, path: path, depth: depth)
    }

    private mutating func addFile(
        _ name: FolderName, in folder: Descriptor, path: String, format: DocumentFormat
    ) {
        do {
            let status = try folder.status(of: name.cString)
            guard status.kind == .file else { return }
            files.append(FileEntry(path: path, status: status, format: format))
        } catch {
            // Removed since it was listed.
            if error.code == ENOENT { return }
            failures.append(
                SkippedFile(path: path, reason: "cannot be read (\(reason(of: error.code)))"))
        }
    }

    /// The names in the order of the whole paths below them: a folder sorts as `name/`.
    private func sorted(
        _ names: [FolderName], in folder: Descriptor
    ) -> [(name: FolderName, kind: FileKind)] {
        let items = names.map { name in
            let kind = kind(of: name, in: folder)
            return (
                key: kind == .folder ? name.bytes + [slash] : name.bytes, name: name, kind: kind
            )
        }
        return items.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { (name: $0.name, kind: $0.kind) }
    }

    private func kind(of name: FolderName, in folder: Descriptor) -> FileKind {
        guard name.kind == .unknown else { return name.kind }
        // What cannot be asked about is opened as a file later, where the failure is told.
        return (try? folder.status(of: name.cString).kind) ?? .file
    }

    private mutating func pushRules(of folder: Descriptor, _ names: [FolderName], path: [UInt8]) {
        ignore.push(
            git: rules(.git, of: folder, names, path: path),
            lore: rules(.lore, of: folder, names, path: path), folder: path.count)
    }

    private mutating func rules(
        _ file: IgnoreFile, of folder: Descriptor, _ names: [FolderName], path: [UInt8]
    ) -> IgnoreRules {
        guard names.contains(where: { $0.bytes.elementsEqual(file.rawValue.utf8) }) else {
            return IgnoreRules([])
        }
        do {
            return try IgnoreRules(file.read(in: folder))
        } catch {
            fail(path + file.rawValue.utf8, "cannot be read (\(reason(of: error.code)))")
            return IgnoreRules([])
        }
    }

    private mutating func failed(folder path: [UInt8], _ reason: String) {
        let bare = path.dropLast()
        unreadableFolders.append(String(decoding: bare, as: UTF8.self))
        fail(bare.isEmpty ? [UInt8(ascii: ".")] : Array(bare), reason)
    }

    private mutating func fail(_ path: [UInt8], _ reason: String) {
        failures.append(SkippedFile(path: String(decoding: path, as: UTF8.self), reason: reason))
    }
}

extension FileEntry {
    init(path: String, status: FileStatus, format: DocumentFormat) {
        self.init(
            path: path, size: status.size, modifiedNanoseconds: status.modifiedNanoseconds,
            changedNanoseconds: status.changedNanoseconds, inode: status.inode, format: format)
    }
}
