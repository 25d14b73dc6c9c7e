import LoreIngest

/// What a watch has to tell.
public enum WatchEvent: Sendable {
    /// Notes have changed and the index has followed; only what was not told before is skipped.
    case followed(IndexReport)
    /// All is up to date, and changes in these folders, by name, are noticed from now on.
    case watching(folders: [String])
    case progress(IndexProgress)
    /// A sentence for a person, without a full stop.
    case notice(String)
}

extension KnowledgeBase {
    /// Brings folders up to date and keeps them so until the task is cancelled.
    ///
    /// A changed note is found by its words within a second, its vectors follow. Another process
    /// may index meanwhile; a folder that is out of reach is waited for, and its notes stay.
    ///
    /// - Parameters:
    ///   - request: Which folders, and how; without any, all that are registered, also those that
    ///     come later.
    ///   - polls: Looks each second instead of being told by the system.
    ///   - tell: Called with what happens, on any thread.
    /// - Throws: As `index`. A cancelled watch finishes what it writes and returns.
    public func watch(
        _ request: IndexRequest, polls: Bool = false,
        tell: @escaping @Sendable (WatchEvent) -> Void
    ) async throws {
        do {
            try await FolderWatch(
                knowledgeBase: self, request: request, method: polls ? .polling : .events,
                tell: tell
            ).run()
        } catch is CancellationError {}
    }
}
