package import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Who writes to an index, as a lease tells those who wait.
package struct LeaseHolder: Hashable, Sendable, Codable, CustomStringConvertible {
    package let processID: Int32
    /// As it was typed, for example `lore index --watch`.
    package let command: String
    package let since: Date

    package init(processID: Int32, command: String, since: Date) {
        self.processID = processID
        self.command = command
        self.since = since
    }

    /// For example `process 4242 (lore index --watch), which writes since 12:01:07`, in local time.
    package var description: String {
        "process \(processID) (\(command)), which writes since \(since.clockTime)"
    }

    /// Nil for a file that says nothing, or nothing that this lore understands.
    init?(readFrom path: String) {
        // A holder who has not yet written who it is holds the lease all the same.
        guard let bytes = FileManager.default.contents(atPath: path),
            let holder = try? JSONDecoder().decode(LeaseHolder.self, from: bytes)
        else { return nil }
        self = holder
    }

    func write(to descriptor: Int32) {
        // The lock is what counts: on a full disk the lease is held by someone who is not named.
        guard let bytes = try? JSONEncoder().encode(self) else { return }
        ftruncate(descriptor, 0)
        _ = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }
}

extension Date {
    /// `HH:MM:SS`, in local time.
    fileprivate var clockTime: String {
        var seconds = time_t(timeIntervalSince1970)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return String(format: "%02d:%02d:%02d", parts.tm_hour, parts.tm_min, parts.tm_sec)
    }
}
