import Foundation
import LoreStore
import Synchronization

/// The index file: opened for reading when it is first needed and kept, for changes each time.
final class OpenedStore: Sendable {
    private let path: String
    private let writerTimeout: Duration
    /// Called with the sentence that says for whom a change waits.
    private let say: @Sendable (String) -> Void
    private let reading = Mutex<Store?>(nil)
    private let keeping = Mutex<Store?>(nil)

    init(path: String, writerTimeout: Duration, say: @escaping @Sendable (String) -> Void) {
        self.path = path
        self.writerTimeout = writerTimeout
        self.say = say
    }

    /// For reading; never makes or changes the file, and waits for nobody.
    ///
    /// - Throws: `StoreError.noIndex` and others.
    func reader() throws -> Store {
        try reading.withLock { reading in
            if let reading { return reading }
            let opened = try Store(path: path, access: .readOnly)
            reading = opened
            return opened
        }
    }

    /// What `body` keeps of conversations and costs; the index is there.
    ///
    /// Needs no lease: that is for notes, where two runs would do each other's work. SQLite has the
    /// writers take turns.
    func keep(_ body: (Store) throws -> Void) throws {
        try keeping.withLock { keeping in
            let store =
                try keeping
                ?? Store(path: path, access: .readWrite, busyTimeout: writerTimeout)
            keeping = store
            try body(store)
        }
    }

    /// Tells where there is no index; one that cannot be used is there.
    ///
    /// - Throws: `StoreError.noIndex`.
    func requireIndex() throws {
        do {
            _ = try reader()
        } catch let error as StoreError {
            if case .noIndex = error { throw error }
        }
    }

    /// What `body` does with the index opened for changes; the file is made where there is none.
    ///
    /// Nobody else writes meanwhile: the lease is held from before the file is opened until after
    /// it is closed. The last to close the index moves its log into the file.
    ///
    /// - Throws: `StoreError.writerBusy` where another process goes on writing.
    func write<Result>(_ body: (Store) async throws -> Result) async throws -> Result {
        let lease = try await WriterLease.acquire(
            besideDatabase: path, as: .thisProcess(), waitingAtMost: writerTimeout
        ) { say("waiting for \($0?.description ?? "another process that writes to the index")") }
        defer { lease.release() }
        let store = try Store(path: path, access: .readWrite)
        do {
            let result = try await body(store)
            try store.close()
            return result
        } catch {
            // What went wrong before matters more than what the closing says of it.
            try? store.close()
            throw error
        }
    }
}

extension LeaseHolder {
    /// This process and the command that it was started by.
    static func thisProcess() -> LeaseHolder {
        let arguments = ProcessInfo.processInfo.arguments
        let name = arguments.first.map { URL(fileURLWithPath: $0).lastPathComponent } ?? "lore"
        return LeaseHolder(
            processID: ProcessInfo.processInfo.processIdentifier,
            command: ([name] + arguments.dropFirst()).joined(separator: " "), since: Date())
    }
}
