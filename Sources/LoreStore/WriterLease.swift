import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The right to write to an index: one process at a time has it, and readers need none.
///
/// An advisory lock on a file beside the database. The system lets go of it when its holder ends,
/// however that ends, so there is nothing to clean up after a crash. What the file says of the
/// holder is for those who wait and grants nothing.
package final class WriterLease: Sendable {
    /// Guards the open file, so that it is closed once.
    private let descriptor: Mutex<Int32?>

    /// The lease file of the database at `path`.
    package static func path(besideDatabase path: String) -> String { path + "-lease" }

    /// The lease for the database at `path`; the file is made where there is none.
    ///
    /// - Parameters:
    ///   - path: Of the database, which need not exist.
    ///   - holder: What others are told of this process.
    ///   - limit: How long to wait for another holder.
    ///   - whoIsWaitedFor: Called once, before the first wait.
    /// - Returns: The lease, held until `release` or its last reference goes.
    /// - Throws: `StoreError.writerBusy` after `limit`, `CancellationError`, and `StoreError` where
    ///   the file cannot be made.
    package static func acquire(
        besideDatabase path: String, as holder: LeaseHolder, waitingAtMost limit: Duration,
        whoIsWaitedFor: (LeaseHolder?) -> Void
    ) async throws -> WriterLease {
        let deadline = ContinuousClock.now + limit
        var isAnnounced = false
        while true {
            if let lease = try free(besideDatabase: path, as: holder) { return lease }
            let other = currentHolder(besideDatabase: path)
            guard ContinuousClock.now < deadline else {
                throw StoreError.writerBusy(path: path, holder: other)
            }
            if !isAnnounced { whoIsWaitedFor(other) }
            isAnnounced = true
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// The lease for the database at `path`, or nil where another holds it.
    package static func free(
        besideDatabase path: String, as holder: LeaseHolder
    ) throws -> WriterLease? {
        let descriptor = try IndexFile.openLease(besideDatabase: path)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
        holder.write(to: descriptor)
        return WriterLease(descriptor)
    }

    /// Who writes to the database at `path` now; nil where nobody does, or does not say who it is.
    package static func currentHolder(besideDatabase path: String) -> LeaseHolder? {
        isHeld(besideDatabase: path) ? LeaseHolder(readFrom: Self.path(besideDatabase: path)) : nil
    }

    /// Whether some process writes to the database at `path` now; makes no file.
    package static func isHeld(besideDatabase path: String) -> Bool {
        let descriptor = open(Self.path(besideDatabase: path), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // Shared, so that two who look do not take each other for a writer.
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }

    private init(_ descriptor: Int32) { self.descriptor = Mutex(descriptor) }

    deinit { release() }

    /// Lets the next one write; what comes after the first call does nothing.
    package func release() {
        descriptor.withLock { descriptor in
            guard let open = descriptor else { return }
            // What it says is of no use any more; the lock goes with the file's descriptor.
            ftruncate(open, 0)
            close(open)
            descriptor = nil
        }
    }
}
