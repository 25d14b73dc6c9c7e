import Foundation
import LoreCore
import LoreIngest
import LoreProviders
import LoreStore

/// Keeps folders current until its task is cancelled: words first, then vectors, and back to words
/// as soon as something changes.
actor FolderWatch {
    private let knowledgeBase: KnowledgeBase
    private let request: IndexRequest
    private let method: FolderWatcher.Method
    private let tell: @Sendable (WatchEvent) -> Void
    private let doorbell = Doorbell()
    /// By the paths of the folders.
    private var watchers: [String: FolderWatcher] = [:]
    private var journal: WatchJournal
    /// Paths of folders that were not there when they were last looked at.
    private var missing: Set<String> = []
    /// Whether some texts await their vectors.
    private var isEmbedding = false

    /// All folders are looked at after so long, since watchers miss events.
    private static let sweepInterval = Duration.seconds(300)
    /// Between two looks for a folder that is gone, and two tries at an index that is not free.
    private static let retryInterval = Duration.seconds(1)
    /// Texts embedded at once: little enough that words need not wait long.
    private static let batch = 64
    /// After so long of embedding, another process may have its turn.
    private static let turn = Duration.seconds(10)
    /// How long that one is given to take it.
    private static let turnGap = Duration.milliseconds(200)

    init(
        knowledgeBase: KnowledgeBase, request: IndexRequest, method: FolderWatcher.Method,
        tell: @escaping @Sendable (WatchEvent) -> Void
    ) {
        self.knowledgeBase = knowledgeBase
        self.request = request
        self.method = method
        self.tell = tell
        journal = WatchJournal(tell: tell)
    }

    /// - Throws: `CancellationError`, and what `KnowledgeBase.index` throws but for what passes.
    func run() async throws {
        defer { for watcher in watchers.values { watcher.stop() } }
        let sweeps = Task { [doorbell] in try await Self.ring(doorbell) }
        defer { sweeps.cancel() }
        try await start()
        while true {
            if !isEmbedding { try await doorbell.wait() }
            try await follow(doorbell.answer())
        }
    }

    /// Rings for all folders now and then.
    private static func ring(_ doorbell: Doorbell) async throws {
        while true {
            try await Task.sleep(for: sweepInterval)
            doorbell.ring([allFolders])
        }
    }

    /// Stands for all of them; no folder has this path.
    private static let allFolders = ""

    /// The first run, words only: vectors wait until changes are noticed.
    private func start() async throws {
        var first = request
        first.embeds = false
        try await journal.add(index(first), isLast: true)
        isEmbedding = request.embeds
        let folders = try self.folders()
        for folder in folders { _ = try look(at: folder) }
        tell(.watching(folders: folders.map(\.name)))
    }

    /// Looks at the folders that were rung for and brings into the index what has changed.
    private func follow(_ rung: Set<String>) async throws {
        let isSweep = rung.contains(Self.allFolders)
        let folders = try self.folders()
        var changed: [String] = []
        for folder in folders where isSweep || rung.contains(folder.path) {
            // A sweep also tries again what was refused for a passing reason.
            if try look(at: folder) || (isSweep && !missing.contains(folder.path)) {
                changed.append(folder.path)
            }
        }
        if !changed.isEmpty { journal.close() }
        let present = folders.map(\.path).filter { !missing.contains($0) }
        if !changed.isEmpty || isEmbedding {
            try await bring(changed.isEmpty ? present : changed)
        }
        waitForMissing()
    }

    private func bring(_ folders: [String]) async throws {
        // Without a folder to work on there is none to embed for.
        isEmbedding = isEmbedding && !folders.isEmpty
        guard !folders.isEmpty else { return }
        var part = request
        (part.folders, part.name, part.rereadsEverything) = (folders, nil, false)
        part.embeddingBatch = Self.batch
        let end = ContinuousClock.now + Self.turn
        part.pausesEmbedding = { [doorbell] in doorbell.isRung || ContinuousClock.now > end }
        do {
            let report = try await index(part)
            isEmbedding = report.isEmbeddingPaused
            journal.add(report, isLast: !isEmbedding)
            if isEmbedding { try await Task.sleep(for: Self.turnGap) }
        } catch let error as KnowledgeBaseError where error.category == .costCeiling {
            // Words are kept up to date all the same; the next change or sweep tries again.
            isEmbedding = false
            journal.notice(error.description)
        } catch let error as any LoreError where error.passes {
            // Of a folder that has gone since it was looked at, the next look tells.
            if !(error is IngestError) { journal.notice(error.description) }
            doorbell.ring(folders)
            try await Task.sleep(for: Self.retryInterval)
        }
    }

    private func index(_ request: IndexRequest) async throws -> IndexReport {
        let tell = tell
        return try await knowledgeBase.index(request) { tell(.progress($0)) }
    }
}

extension FolderWatch {
    /// The folders that are watched and still registered; the watchers of others stop.
    private func folders() throws -> [StoredFolder] {
        let wanted = Set(request.folders.map { Self.canonical($0) })
        let folders = try knowledgeBase.opened.reader().read { try $0.folders() }
            .filter { wanted.isEmpty || wanted.contains($0.path) }
        let paths = Set(folders.map(\.path))
        for (path, watcher) in watchers where !paths.contains(path) {
            watcher.stop()
            watchers[path] = nil
        }
        for path in paths where watchers[path] == nil {
            watchers[path] = FolderWatcher(root: path, method: method) { [doorbell] in
                doorbell.ring([path])
            }
        }
        return folders
    }

    private static func canonical(_ path: String) -> String {
        URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL
            .resolvingSymlinksInPath().path
    }

    /// Whether something has changed in `folder`; what is new in it is watched from now on.
    private func look(at folder: StoredFolder) throws -> Bool {
        do {
            let look = try Sweep(
                store: knowledgeBase.opened.reader(),
                reader: knowledgeBase.configuration.documentReader
            ).look(at: folder)
            if missing.remove(folder.path) != nil {
                journal.notice("the folder '\(folder.path)' is back")
            }
            try watch(look.folders, in: folder)
            return look.changes > 0
        } catch let error as IngestError {
            if missing.insert(folder.path).inserted {
                journal.notice(
                    "\(error.message); its notes stay in the index, and lore waits for it")
            }
            return false
        }
    }

    private func watch(_ folders: [String], in folder: StoredFolder) throws {
        guard let watcher = watchers[folder.path] else { return }
        if watcher.watch(folders) { doorbell.ring([folder.path]) }
        if let reason = watcher.reasonForPolling() {
            journal.notice("\(reason), so '\(folder.path)' is looked at each second")
        }
    }

    private func waitForMissing() {
        if !missing.isEmpty { ring(Array(missing), after: Self.retryInterval) }
    }

    private func ring(_ folders: [String], after delay: Duration) {
        Task { [doorbell] in
            try await Task.sleep(for: delay)
            doorbell.ring(folders)
        }
    }
}

extension LoreError {
    /// Whether waiting may help.
    fileprivate var passes: Bool {
        switch self as any Error {
        case StoreError.locked, StoreError.diskFull, StoreError.writerBusy: true
        // A folder that has gone since it was looked at.
        case is IngestError: true
        // A provider that embeds and is busy or out of reach.
        case let error as ProviderError: error.isTransient
        default: false
        }
    }
}
