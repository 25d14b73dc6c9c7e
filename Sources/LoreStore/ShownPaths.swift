import GRDB

/// How the paths of notes are shown: with their folder's name in front where several are indexed.
package struct ShownPaths: Hashable, Sendable {
    package let severalFolders: Bool

    /// The path that is shown of the note at `path` below `folder`.
    package func shown(_ path: String, in folder: String) -> String {
        severalFolders ? "\(folder)/\(path)" : path
    }

    /// The path below `folder` of the note that is shown as `shown`.
    package func path(of shown: String, below folder: String) -> String {
        let prefix = folder + "/"
        return severalFolders && shown.hasPrefix(prefix)
            ? String(shown.dropFirst(prefix.count)) : shown
    }
}

extension StoreReader {
    package func shownPaths() throws -> ShownPaths {
        let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM folders") ?? 0
        return ShownPaths(severalFolders: count > 1)
    }
}
