// Linux only: inotify has no like elsewhere, where FolderWatcher polls.
#if os(Linux)
    import Foundation
    import Glibc
    import LoreCore
    import Synchronization

    /// What inotify tells of folders: a signal once it has been quiet for a moment.
    ///
    /// Which file changed how is of no interest, so a lost event (`IN_Q_OVERFLOW`) is one like any
    /// other, and a moved or replaced folder needs no bookkeeping: `watch` names all folders anew
    /// after each walk.
    ///
    /// - SeeAlso: inotify(7)
    final class InotifyEvents: FolderEvents {
        /// Without an event for so long, what was going on is over.
        private static let quiet = Duration.milliseconds(150)
        /// So long after the first event a signal is given though more come.
        private static let patience = Duration.milliseconds(500)

        private static let mask = UInt32(
            IN_CREATE | IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | IN_MOVED_FROM | IN_MOVED_TO
                | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)

        private let root: String
        private let signal: @Sendable () -> Void
        private let queue: CInt
        /// A pipe whose end ends the thread that waits for events.
        private let wake: (read: CInt, write: CInt)
        private let watches = Mutex<Set<CInt>>([])

        init(root: String, signal: @escaping @Sendable () -> Void) throws(SystemError) {
            self.root = root
            self.signal = signal
            queue = inotify_init1(CInt(IN_NONBLOCK | IN_CLOEXEC))
            guard queue >= 0 else { throw SystemError(code: errno) }
            var ends: [CInt] = [0, 0]
            guard pipe(&ends) == 0 else {
                let code = errno
                close(queue)
                throw SystemError(code: code)
            }
            // Not for programs that convert files.
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            wake = (ends[0], ends[1])
            Thread.detachNewThread { self.run() }
        }

        deinit {
            for descriptor in [queue, wake.read, wake.write] { close(descriptor) }
        }

        /// Ends the thread, and with it the last reference to this.
        func stop() {
            var byte: UInt8 = 0
            // A full pipe has been told already.
            _ = write(wake.write, &byte, 1)
        }

        func watch(_ folders: [String]) -> FolderCoverage {
            watches.withLock { watches in
                var now: Set<CInt> = []
                var hasReachedLimit = false
                for folder in folders {
                    let path = folder.isEmpty ? root : root + "/" + folder
                    let watch = inotify_add_watch(queue, path, Self.mask)
                    if watch >= 0 {
                        now.insert(watch)
                    } else if errno == ENOSPC || errno == ENOMEM {
                        hasReachedLimit = true
                        break
                    }
                    // Anything else: it is gone, and its parent's event says so.
                }
                // One that was removed with its folder is refused, which is as well.
                for stale in watches.subtracting(now) { _ = inotify_rm_watch(queue, stale) }
                defer { watches = now }
                return FolderCoverage(
                    hasGrown: !now.isSubset(of: watches), hasReachedLimit: hasReachedLimit)
            }
        }

        private func run() {
            var due: (last: ContinuousClock.Instant, first: ContinuousClock.Instant)?
            while true {
                let deadline = due.map { min($0.last + Self.quiet, $0.first + Self.patience) }
                guard let isReadable = wait(until: deadline) else { return }
                let now = ContinuousClock.now
                if isReadable, hasNews() { due = (now, due?.first ?? now) }
                if let deadline, now >= deadline {
                    due = nil
                    signal()
                }
            }
        }

        /// Waits for an event, `deadline` or the end.
        ///
        /// - Returns: Whether there is an event; nil at the end.
        private func wait(until deadline: ContinuousClock.Instant?) -> Bool? {
            let left = deadline.map { ContinuousClock.now.duration(to: $0) / .milliseconds(1) }
            var files = [
                pollfd(fd: queue, events: Int16(POLLIN), revents: 0),
                pollfd(fd: wake.read, events: Int16(POLLIN), revents: 0),
            ]
            _ = poll(&files, 2, left.map { CInt(max(0, $0.rounded(.up))) } ?? -1)
            return files[1].revents == 0 ? files[0].revents != 0 : nil
        }

        /// Takes what events there are; whether one of them is of interest.
        private func hasNews() -> Bool {
            var isNews = false
            withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 8) { buffer in
                while true {
                    let count = read(queue, buffer.baseAddress, buffer.count)
                    guard count > 0 else { return }
                    for event in InotifyEvent.events(in: buffer[..<count]) where event.isNews {
                        isNews = true
                    }
                }
            }
            return isNews
        }
    }

    /// One event: what happened, and the name in the watched folder that it happened to.
    private struct InotifyEvent {
        let mask: UInt32
        /// Empty where it happened to the folder itself.
        let name: [UInt8]

        /// The events that the kernel wrote one after another.
        static func events(in bytes: Slice<UnsafeMutableRawBufferPointer>) -> [InotifyEvent] {
            let header = MemoryLayout<inotify_event>.size
            var events: [InotifyEvent] = []
            var rest = UnsafeRawBufferPointer(rebasing: bytes)
            while rest.count >= header {
                let event = rest.loadUnaligned(as: inotify_event.self)
                let end = header + Int(event.len)
                let name = rest[header..<end].prefix { $0 != 0 }
                events.append(InotifyEvent(mask: event.mask, name: Array(name)))
                rest = UnsafeRawBufferPointer(rebasing: rest[end...])
            }
            return events
        }

        /// Whether a walk could see it.
        ///
        /// A folder's own fate, a folder or a note that is not hidden, the rules of what to leave
        /// out; what lore itself writes beside an index is none of these.
        var isNews: Bool {
            if mask & UInt32(IN_IGNORED) != 0 { return false }
            if name.isEmpty { return true }
            if IgnoreFile.allCases.contains(where: { name.elementsEqual($0.rawValue.utf8) }) {
                return true
            }
            guard name.first != UInt8(ascii: ".") else { return false }
            return mask & UInt32(IN_ISDIR) != 0 || DocumentFormat(fileName: name) != nil
        }
    }
#endif
