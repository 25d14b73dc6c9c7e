import Foundation
import LoreStore
import Synchronization

/// The index file: opened for reading when it is first needed and kept, for changes each time.
final class OpenedStore: Sendable {
    private let path: String
    private let reading = Mutex<Store?>(nil)

    init(path: String) { self.path = path }

    /// For reading; never makes or changes the file.
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

    /// What `body` does with the index opened for changes; the file is made where there is none.
    ///
    /// The last to close the index moves its log into the file.
    func write<Result>(_ body: (Store) throws -> Result) throws -> Result {
        let store = try Store(path: path, access: .readWrite)
        do {
            let result = try body(store)
            try store.close()
            return result
        } catch {
            // What went wrong before matters more than what the closing says of it.
            try? store.close()
            throw error
        }
    }

    /// The same for changes that wait for something.
    func write<Result>(_ body: (Store) async throws -> Result) async throws -> Result {
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
