import Foundation
import LoreStore
import Synchronization

/// The index file, opened when it is first needed and kept.
final class OpenedStore: Sendable {
    private let path: String
    private let reading = Mutex<Store?>(nil)
    private let writing = Mutex<Store?>(nil)

    init(path: String) { self.path = path }

    /// For reading; never makes or changes the file.
    ///
    /// - Throws: `StoreError.noIndex` and others.
    func reader() throws -> Store {
        try reading.withLock { try Self.open(&$0, path, .readOnly) }
    }

    /// For changes; makes the file where there is none.
    func writer() throws -> Store {
        try writing.withLock { try Self.open(&$0, path, .readWrite) }
    }

    private static func open(
        _ store: inout Store?, _ path: String, _ access: Store.Access
    ) throws -> Store {
        if let store { return store }
        let opened = try Store(path: path, access: access)
        store = opened
        return opened
    }
}
