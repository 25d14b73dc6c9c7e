package import LoreCore

/// What can be wrong with the index file.
package enum StoreError: LoreError, Equatable {
    /// There is no file to read.
    case noIndex(path: String)
    /// The file is an SQLite database, but not one of lore's.
    case foreignDatabase(path: String)
    /// A later lore has changed the schema.
    case newerSchema(path: String, version: Int, known: Int)
    /// A reader meets an index that only a writer may bring up to date.
    case olderSchema(path: String, version: Int, known: Int)
    /// The bytes are not those of a sound database.
    case damaged(path: String, reason: String)
    /// Another process kept the file locked for longer than we wait.
    case locked(path: String)
    /// Another process kept the right to write for longer than we wait; nil: it does not say who.
    case writerBusy(path: String, holder: LeaseHolder?)
    case diskFull(path: String)
    /// The file, its folder or its disk cannot be written.
    case readOnly(path: String)
    /// The file or its folder cannot be opened or made.
    case cannotOpen(path: String, reason: String)
    case folderNameTaken(name: String, path: String)
    case noFolder(name: String)
    case tooManyChunks(path: String, limit: Int)
    /// A vector that is not of finite numbers, or not as long as its fingerprint says.
    case invalidVector(model: String, reason: String)
    /// Anything else that SQLite reports.
    case failed(path: String, reason: String)

    package var category: ErrorCategory {
        switch self {
        case .noIndex, .foreignDatabase, .newerSchema, .olderSchema: .incompatible
        case .damaged, .invalidVector: .corruptData
        case .folderNameTaken, .tooManyChunks: .invalidInput
        case .noFolder: .notFound
        case .locked, .writerBusy, .diskFull, .readOnly, .cannotOpen, .failed: .failure
        }
    }

    package var message: String {
        switch self {
        case .noIndex(let path): "there is no index at '\(path)'"
        case .foreignDatabase(let path): "'\(path)' is a database of another program"
        case .newerSchema(let path, let version, let known):
            "the index '\(path)' has schema \(version), this lore knows \(known)"
        case .olderSchema(let path, let version, let known):
            "the index '\(path)' has schema \(version), this lore needs \(known)"
        case .damaged(let path, let reason): "the index '\(path)' is damaged (\(reason))"
        case .locked(let path): "the index '\(path)' is locked by another process"
        case .writerBusy(let path, let holder):
            "the index '\(path)' is busy: waited for \(holder?.description ?? "another process")"
        case .diskFull(let path): "the disk of the index '\(path)' is full"
        case .readOnly(let path): "the index '\(path)' cannot be written"
        case .cannotOpen(let path, let reason):
            "the index '\(path)' cannot be opened (\(reason))"
        case .folderNameTaken(let name, let path): "'\(name)' already names the folder '\(path)'"
        case .noFolder(let name): "no folder is named '\(name)'"
        case .tooManyChunks(let path, let limit): "'\(path)' has more than \(limit) chunks"
        case .invalidVector(let model, let reason):
            "a vector of the model '\(model)' is invalid (\(reason))"
        case .failed(let path, let reason): "the index '\(path)' failed (\(reason))"
        }
    }

    package var hint: String {
        switch self {
        case .noIndex: "run `lore index FOLDER`"
        case .foreignDatabase: "choose another file with --db or LORE_DB"
        case .newerSchema: "update lore, or choose another file with --db"
        case .olderSchema: "run `lore index`"
        case .damaged: "move the file away and run `lore index FOLDER` again"
        case .locked: "wait for that process to end, then try again"
        case .writerBusy: "wait for it to end, or end it, then try again"
        case .diskFull: "free some space, then run the command again"
        case .readOnly: "check the permissions of the file, its folder and its disk"
        case .cannotOpen: "check the path and its permissions"
        case .folderNameTaken: "choose another with --name"
        case .noFolder: "`lore folders` lists them"
        case .tooManyChunks: "split the file, or list it in .loreignore"
        case .invalidVector: "run `lore doctor --fix` and then `lore index`"
        case .failed: ""
        }
    }
}
