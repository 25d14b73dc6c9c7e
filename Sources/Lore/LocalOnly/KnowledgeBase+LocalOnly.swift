import LoreChat
public import LoreCore
import LoreProviders
import LoreStore

extension KnowledgeBase {
    /// Which notes' text went to which host that is not this machine, in the order of its going; an
    /// attempt counts.
    ///
    /// - Throws: A `LoreError` where there is no index.
    public func egress(since: Since? = nil) throws -> [EgressEntry] {
        let start = since.map { time.stamp(atStartOf: $0.day(today: time.today)) }
        let store = try opened.reader()
        let (entries, paths) = try store.read {
            (try $0.egress(since: start), try $0.shownPaths())
        }
        return entries.map { entry in
            var entry = entry
            entry.path = paths.shown(entry.path, in: entry.folder)
            return entry
        }
    }

    /// Keeps account of what leaves this machine from now on.
    func recordEgress() {
        models.remote.listen { [journal, time] host, notes in
            let stamp = time.stamp
            let entries = notes.origins.map {
                EgressEntry(
                    at: stamp, host: host, purpose: notes.purpose, folder: $0.folder,
                    path: $0.path, lines: $0.lines)
            }
            journal.write { try $0.add(entries) }
        }
    }

    /// The earlier turns of a conversation as `request` may use them.
    ///
    /// Where any of the models that could be given them is elsewhere, without the answers that stay
    /// on this machine.
    func turns(
        ofConversation id: String, for request: AskRequest
    ) throws -> [ConversationTurn] {
        try opened.reader().read { reader in
            let turns = try reader.turns(ofConversation: id)
            let answering = request.model ?? configuration.model
            let names = [
                answering, configuration.utilityModel ?? answering,
                configuration.embeddingModel(for: try reader.activeFingerprint()),
            ]
            guard !turns.isEmpty, !names.allSatisfy(models.isOnThisMachine) else { return turns }
            return try LocalOnly(configuration).sendable(turns, in: reader)
        }
    }

    /// Documents whose chunks get no vector of the model called `name`, by row.
    func documents(heldBackFrom name: String, in reader: StoreReader) throws -> [Int64] {
        try models.isOnThisMachine(name) ? [] : LocalOnly(configuration).documents(in: reader)
    }

    /// That passages await their vectors, where some do.
    func pendingNotices(
        for fingerprint: EmbeddingFingerprint, in reader: StoreReader
    ) throws -> [String] {
        let pending = try reader.pendingCount(
            for: fingerprint, leavingOut: documents(heldBackFrom: fingerprint.model, in: reader))
        return pending == 0
            ? [] : ["\(pending) passages await their vectors; run `lore index`"]
    }

    /// That `local_only_folders` names what is no folder of the index, where it does: a slip there
    /// would send what is to stay.
    func localOnlyNotices(_ folders: [String]) -> [String] {
        let known = Set(folders.map { folded($0.utf8) })
        return configuration.localOnlyFolders.filter { !known.contains(folded($0.utf8)) }.map {
            "local_only_folders names '\($0)', which is no indexed folder; see `lore folders`"
        }
    }
}
