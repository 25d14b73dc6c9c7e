public import Foundation
import LoreCore
import LoreStore

extension Configuration {
    /// The settings in force where lore is started: those of the environment, else of the `.env` in
    /// the working directory, else of `config.yaml`, else the defaults.
    ///
    /// A `.env` in an indexed folder is not read, and `notices` says so: what lies among the notes
    /// sets nothing.
    ///
    /// - Parameters:
    ///   - environment: Variables by name.
    ///   - home: The user's folder, against which the XDG defaults are taken.
    ///   - workingDirectory: Where the `.env` may lie.
    ///   - database: The index that a flag names.
    ///   - folders: What is about to be indexed, which counts as indexed.
    /// - Returns: The settings, each key checked.
    /// - Throws: `KnowledgeBaseError` for an unknown key, a value of the wrong kind, or a `.env`
    ///   that cannot be read.
    public static func load(
        environment: [String: String], home: URL, workingDirectory: URL, database: URL? = nil,
        indexing folders: [URL] = []
    ) async throws -> Configuration {
        func settings(_ variables: Variables) throws -> Configuration {
            var configuration = try load(variables, home: home)
            configuration.database = database ?? configuration.database
            return configuration
        }
        var without = try settings(Variables(environment: environment))
        guard let path = EnvironmentFile.path(in: workingDirectory) else { return without }
        let places = FilePlaces(file: path, folders: folders)
        if let reason = places.reason(notToReadBesideIndexAt: without.database) {
            without.notices = ["'\(path)' is not read: \(reason)"]
            return without
        }
        var file = try await EnvironmentFile(contentsOf: path)
        let notices = file.dropAddresses(beside: environment)
        var with = try settings(Variables(environment: environment, file: file))
        // The index that the file itself names may hold its folder.
        if let reason = places.reason(notToReadBesideIndexAt: with.database) {
            without.notices = ["'\(path)' is not read: \(reason)"]
            return without
        }
        with.notices = notices
        return with
    }
}

/// Where a file lies, by its name and by what its links lead to.
private struct FilePlaces {
    private let directories: [String]
    /// Folders that count as indexed.
    private let folders: [String]

    init(file: String, folders: [URL]) {
        let url = URL(fileURLWithPath: file)
        directories = [
            url.deletingLastPathComponent().resolvingSymlinksInPath().path,
            url.resolvingSymlinksInPath().deletingLastPathComponent().path,
        ]
        self.folders = folders.map { $0.standardizedFileURL.resolvingSymlinksInPath().path }
    }

    /// Why the file is not to be read; nil where nothing is against it.
    func reason(notToReadBesideIndexAt database: URL) -> String? {
        do {
            let indexed = try folders + indexedFolders(database)
            return indexed.first(where: holds).map { "it lies in the indexed folder '\($0)'" }
        } catch {
            return "whether it lies in an indexed folder cannot be told (\(error))"
        }
    }

    private func indexedFolders(_ database: URL) throws -> [String] {
        do {
            return try Store(path: database.path, access: .readOnly).read { reader in
                try reader.folders().map(\.path)
            }
        } catch StoreError.noIndex {
            return []
        }
    }

    private func holds(_ folder: String) -> Bool {
        directories.contains { $0 == folder || $0.hasPrefix(folder + "/") }
    }
}
