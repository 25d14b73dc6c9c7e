import ArgumentParser
import Lore

/// What `search` and `ask` do about files that have changed.
struct SyncOption: ParsableArguments {
    @Flag(help: "Bring files that have changed into the index first.") var sync = false

    /// Brings changes in where that was asked for.
    ///
    /// - Parameters:
    ///   - knowledgeBase: Whose folders are brought up to date.
    ///   - embeds: Whether the vectors are wanted as well.
    ///   - global: How much to say.
    /// - Throws: What indexing throws.
    func bringChanges(
        into knowledgeBase: KnowledgeBase, embeds: Bool, _ global: GlobalOptions
    ) async throws {
        guard sync else { return }
        let progress = IndexingProgress(isQuiet: global.quiet)
        defer { progress.finish() }
        let report = try await knowledgeBase.index(IndexRequest(embeds: embeds)) {
            progress.show($0)
        }
        progress.finish()
        let changes = report.changes(showingUnchanged: false)
        global.say(report.sentences + (changes.isEmpty ? [] : [changes]))
    }

    /// The sentence for files that have changed; none where none has.
    static func sentence(changed count: Int?) -> [String] {
        guard let count, count > 0 else { return [] }
        return [
            (count == 1 ? "1 file has" : "\(count) files have")
                + " changed since indexing; --sync brings \(count == 1 ? "it" : "them") in"
        ]
    }
}
