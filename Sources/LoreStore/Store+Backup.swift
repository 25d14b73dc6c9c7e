import Foundation
import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension Store {
    /// Writes a copy of the index, as it is at one moment, to `file`; others may write meanwhile.
    ///
    /// The copy is its owner's alone, needs no log beside it and holds no trace of what was deleted.
    /// It appears under its name when it is whole and on the disk, or not at all.
    ///
    /// - Precondition: Nothing lies at `file`.
    /// - Throws: `StoreError`, that of `file` where it cannot be written.
    package func backUp(to file: String) throws {
        let part = "\(file).part-\(ProcessInfo.processInfo.processIdentifier)"
        // An earlier process of that number was killed over it.
        unlink(part)
        try IndexFile.create(at: part)
        do {
            try copy(to: part)
            try IndexFile.sync(part)
            try IndexFile.move(part, to: file)
        } catch {
            unlink(part)
            throw error
        }
    }

    private func copy(to part: String) throws {
        try translatingErrors(path: path) {
            let source = try DatabaseQueue(
                path: path, configuration: Self.copying(isReadOnly: true))
            try source.inDatabase { try $0.execute(sql: "VACUUM INTO ?", arguments: [part]) }
            try source.close()
        }
        // The copied full-text index still has the words of deleted text in segments of its own.
        try translatingErrors(path: part) {
            let target = try DatabaseQueue(
                path: part, configuration: Self.copying(isReadOnly: false))
            try target.inDatabase { try $0.execute(sql: FullText.optimization + "; VACUUM") }
            try target.close()
        }
    }

    private static func copying(isReadOnly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = isReadOnly
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            database.add(tokenizer: NoteTokenizer.self)
            // The part file is thrown away when anything fails: nothing is to be rolled back.
            if !isReadOnly { try database.execute(sql: "PRAGMA journal_mode = MEMORY") }
        }
        return configuration
    }
}
