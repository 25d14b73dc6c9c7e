import Dispatch
import Synchronization

/// Says when something below a folder may have changed: that it is worth a look, never what.
///
/// Signals are hints, since every way of watching misses some changes: who hears nothing should look
/// now and then all the same.
package final class FolderWatcher: Sendable {
    /// How changes are noticed.
    package enum Method: Sendable, CaseIterable {
        /// The system tells; where it cannot, by polling.
        case events
        /// A look is due each second.
        case polling
    }

    /// Between two signals of polling.
    private static let pollingInterval = DispatchTimeInterval.seconds(1)

    private let signal: @Sendable () -> Void
    private let events: (any FolderEvents)?
    /// A timer of the system, not a task: one that waits for a free thread looks late.
    private let polling = Mutex<(any DispatchSourceTimer)?>(nil)
    /// Why a look is due each second though events were asked for.
    private let reason = Mutex<String?>(nil)

    /// Begins to watch the folder at `root`; which folders below it, `watch` says.
    ///
    /// - Parameters:
    ///   - root: An absolute path.
    ///   - method: How to notice changes.
    ///   - signal: Called on any thread after a change, or several that come close together.
    package init(root: String, method: Method = .events, signal: @escaping @Sendable () -> Void) {
        self.signal = signal
        guard method == .events else {
            events = nil
            poll(because: nil)
            return
        }
        do {
            events = try Self.events(root: root, signal: signal)
        } catch {
            events = nil
            poll(because: "the system tells of no changes (\(LoreIngest.reason(of: error.code)))")
        }
    }

    /// Watches these folders and no others from now on.
    ///
    /// - Parameter folders: Paths below the root, the root as an empty string: all that a walk
    ///   looked into.
    /// - Returns: Whether some were not watched before: something may have been written in them
    ///   since they were walked, so they should be walked again.
    package func watch(_ folders: [String]) -> Bool {
        guard let events else { return false }
        let coverage = events.watch(folders)
        if coverage.hasReachedLimit {
            poll(because: "\(folders.count) folders are more than the system lets one watch")
        }
        return coverage.hasGrown
    }

    /// Why it polls though it was to be told, without a full stop; said once.
    package func reasonForPolling() -> String? {
        reason.withLock { reason in
            defer { reason = nil }
            return reason
        }
    }

    /// Signals nothing any more.
    package func stop() {
        events?.stop()
        polling.withLock { $0?.cancel() }
    }

    deinit { stop() }

    private func poll(because reason: String?) {
        polling.withLock { polling in
            guard polling == nil else { return }
            self.reason.withLock { $0 = reason }
            let timer = DispatchSource.makeTimerSource()
            timer.schedule(
                deadline: .now() + Self.pollingInterval, repeating: Self.pollingInterval)
            timer.setEventHandler(handler: signal)
            timer.activate()
            polling = timer
        }
    }

    private static func events(
        root: String, signal: @escaping @Sendable () -> Void
    ) throws(SystemError) -> (any FolderEvents)? {
        #if os(Linux)
            try InotifyEvents(root: root, signal: signal)
        #else
            throw SystemError(code: ENOSYS)
        #endif
    }
}

/// What a system tells of folders.
protocol FolderEvents: Sendable {
    /// Watches the folders at these paths below the root, and no others.
    func watch(_ folders: [String]) -> FolderCoverage
    func stop()
}

/// How far a request to watch folders has come.
struct FolderCoverage {
    /// Whether some are watched that were not before.
    let hasGrown: Bool
    /// Whether the system refused to watch more.
    let hasReachedLimit: Bool
}
