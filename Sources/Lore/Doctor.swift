import Foundation
import LoreCore
import LoreEmbedding
import LoreStore

/// Compares an index with its files, its model, its folders and its disk; changes nothing.
struct Doctor {
    let configuration: Configuration
    let models: Models
    /// Opens the index for reading.
    let open: () throws -> Store

    var path: String { configuration.database.path }

    /// All checks; where the index cannot be opened, those that need none of it.
    func checks() -> [Check] {
        do {
            let store = try open()
            return [schema(store)] + inside(store) + around()
        } catch let error as any LoreError {
            return [.faulty("database", error.message, mendedBy: replacement(for: error))]
                + around()
        } catch {
            return [.faulty("database", "\(error)", mendedBy: nil)] + around()
        }
    }

    private func inside(_ store: Store) -> [Check] {
        // Counted once for the two checks that tell of it.
        let contents = Result { try store.read { try $0.contentFaults() } }
        let checks: [(String, (String) throws -> Check)] = [
            ("database", { try structure($0, store) }),
            ("references", { try references($0, store) }),
            ("full text", { try fullText($0, store, contents.get()) }),
            ("documents", { try documents($0, store, contents.get()) }),
            ("vectors", { try vectors($0, store) }),
            ("pending vectors", { try pendingVectors($0, store) }),
            ("old vectors", { try oldVectors($0, store) }),
            ("model", { try model($0, store) }),
            ("folders", { try folders($0, store) }),
            ("files", { try files($0, store) }),
            ("skipped files", { try skippedFiles($0, store) }),
        ]
        return checks.map { name, check in
            attempt(name) { try check(name) }
        }
    }

    private func around() -> [Check] {
        [
            attempt("file modes") { fileModes("file modes") },
            attempt("free disk") { try freeDisk("free disk") },
            attempt("writer") { writer("writer") },
        ]
    }

    /// What a check says; one that cannot be made is itself a fault.
    private func attempt(_ name: String, _ check: () throws -> Check) -> Check {
        do {
            return try check()
        } catch let error as any LoreError {
            return .faulty(name, error.message, mendedBy: replacement(for: error))
        } catch {
            return .faulty(name, "\(error)", mendedBy: nil)
        }
    }

    /// The command for an index that cannot be used as it is.
    private func replacement(for error: any LoreError) -> String? {
        switch error {
        case StoreError.damaged: freshIndex
        case StoreError.olderSchema: "lore index"
        case StoreError.noIndex: "lore index FOLDER"
        case StoreError.invalidVector: "lore doctor --fix"
        default: nil
        }
    }

    /// Moves the file away and indexes the notes anew: they are the truth.
    var freshIndex: String { "mv '\(path)' '\(path).damaged' && lore index FOLDER" }

    private func schema(_ store: Store) -> Check {
        .sound("schema", "version \(Store.schemaVersion)")
    }
}
