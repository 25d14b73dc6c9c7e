public import Foundation
import LoreCore
import LoreStore

extension KnowledgeBase {
    /// Looks for what is wrong with the index and around it; changes nothing.
    ///
    /// - Returns: Every check, sound or not; each fault names the command that mends it.
    /// - Throws: `StoreError.noIndex`.
    public func doctor() throws -> DoctorReport { try examined(mended: []) }

    /// Mends what can be mended, then looks.
    ///
    /// The full-text index is made equal to the chunks, rows that belong to nothing, useless vectors
    /// and those of models that no longer answer go, files are made their owner's alone, and the
    /// database is rewritten so that no byte of deleted text is left. Notes that turn out incomplete
    /// are read again by the next `index`.
    ///
    /// - Returns: What was mended, and every check after it.
    /// - Throws: `StoreError.noIndex`, `StoreError.writerBusy`.
    public func mend() async throws -> DoctorReport {
        try opened.requireIndex()
        var mended: [String] = []
        do {
            mended = try await opened.write { store in
                let counts = try store.mend()
                try store.purge()
                return counts.sentences
            }
        } catch let error as StoreError where error.category == .corruptData {
            // Past mending: the check of the database says so, and what to do.
        }
        mended += IndexModes.close(configuration.database.path).map {
            "made '\($0)' its owner's alone"
        }
        return try examined(mended: mended)
    }

    /// Asks each provider that has a key, and each server of models on this machine, whether it
    /// answers and takes the key; that costs nothing.
    ///
    /// - Returns: A check for each, the provider's name in front; none shows a key.
    public func providerChecks() async -> [Check] { await ProviderChecks(configuration).checks() }

    private func examined(mended: [String]) throws -> DoctorReport {
        try opened.requireIndex()
        let doctor = Doctor(configuration: configuration, models: models, open: opened.reader)
        return DoctorReport(
            checks: doctor.checks(), settings: configuration.settings, mended: mended)
    }

    /// Writes a copy of the index to `file`, as it is at one moment; others may write meanwhile.
    ///
    /// - Returns: What was written.
    /// - Throws: `KnowledgeBaseError.alreadyThere`, and `StoreError` where there is no index or the
    ///   copy cannot be written.
    public func backUp(to file: URL) throws -> BackupReport {
        let start = ContinuousClock.now
        let store = try opened.reader()
        guard !FileManager.default.fileExists(atPath: file.path) else {
            throw KnowledgeBaseError.alreadyThere(file: file.path)
        }
        try store.backUp(to: file.path)
        return BackupReport(
            path: file.path, bytes: IndexModes.bytes(of: file.path),
            took: start.duration(to: .now))
    }
}

extension MendingCounts {
    /// What was done, a sentence each.
    fileprivate var sentences: [String] {
        let counted = [
            (rowsWithoutOwner, "removed", "rows that belonged to nothing"),
            (documentsToRead, "marked", "incomplete notes, which `lore index` reads again"),
            (textsWithoutChunk, "removed", "texts that no chunk has"),
            (invalidVectors, "removed", "useless vectors, which `lore index` makes anew"),
            (oldVectors, "removed", "vectors of models that no longer answer"),
        ].filter { $0.0 > 0 }.map { "\($0.1) \($0.0) \($0.2)" }
        return counted + (fullTextRebuilt ? ["made the full-text index anew"] : [])
            + (indexesRebuilt ? ["made the indexes of the tables anew"] : [])
    }
}
