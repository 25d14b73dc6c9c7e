/// The files that say what to leave out; the later one is the stronger.
enum IgnoreFile: String, CaseIterable {
    case git = ".gitignore"
    case lore = ".loreignore"

    /// Bytes of an ignore file that are read at most.
    private static let maxBytes = 1_000_000

    func read(in folder: Descriptor) throws(SystemError) -> [UInt8] {
        let file = try folder.file(rawValue.utf8.map { CChar(bitPattern: $0) } + [0])
        guard try file.status().kind == .file else { return [] }
        return try Array(file.readAll(expecting: 0, limit: Self.maxBytes).prefix(Self.maxBytes))
    }
}

/// The ignore rules in force where a walk stands, from the root down.
///
/// What a `.loreignore` says of a path, in whatever folder, goes before what a `.gitignore` says;
/// of files of one kind, the one nearest to the path decides. A folder once excluded is not
/// entered, so nothing in it can be included again.
struct IgnoreStack {
    private struct Level {
        let git: IgnoreRules
        let lore: IgnoreRules
        /// Length of the folder's path, its slash included.
        let folder: Int
    }

    private var levels: [Level] = []

    /// Enters a folder whose path, slash included, has `folder` bytes.
    mutating func push(git: IgnoreRules, lore: IgnoreRules, folder: Int) {
        levels.append(Level(git: git, lore: lore, folder: folder))
    }

    mutating func pop() { levels.removeLast() }

    /// Whether the file or folder at `path`, whose name starts at `nameStart`, is to be left out.
    func excludes(_ path: [UInt8], nameStart: Int, isFolder: Bool) -> Bool {
        verdict(\.lore, path, nameStart, isFolder) ?? verdict(\.git, path, nameStart, isFolder)
            ?? false
    }

    private func verdict(
        _ rules: KeyPath<Level, IgnoreRules>, _ path: [UInt8], _ nameStart: Int, _ isFolder: Bool
    ) -> Bool? {
        for level in levels.reversed() where !level[keyPath: rules].isEmpty {
            let below = path[level.folder...]
            if let verdict = level[keyPath: rules].verdict(
                below, nameStart: nameStart, isFolder: isFolder)
            {
                return verdict
            }
        }
        return nil
    }
}
