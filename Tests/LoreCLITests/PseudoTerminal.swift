import Foundation
import Synchronization
import TestSupport

/// A command that runs on a terminal of its own, at which a test types; killed with its last reference.
final class PseudoTerminal: Sendable {
    private let process: Process
    private let master: FileHandle
    private let seen = Mutex(Data())

    init(_ place: Workplace, _ arguments: String...) throws {
        let (descriptor, name) = try Self.open()
        master = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        let line = try FileHandle(forUpdating: URL(fileURLWithPath: name))
        process = place.lore.makeProcess(arguments)
        process.environment?["TERM"] = "xterm"
        process.standardInput = line
        process.standardOutput = line
        process.standardError = line
        try process.run()
        master.readabilityHandler = { [weak self] handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil }
            self?.seen.withLock { $0.append(data) }
        }
    }

    /// The side of the test, and the name of the other.
    private static func open() throws -> (descriptor: CInt, name: String) {
        #if os(Linux)
            // What `unlockpt` and `ptsname` do, which the module of the C library does not have.
            let (lock, number) = (UInt(0x4004_5431), UInt(0x8004_5430))
            let descriptor = Foundation.open("/dev/ptmx", O_RDWR | O_NOCTTY)
            var (isLocked, index) = (CInt(0), CInt(0))
            guard descriptor >= 0, ioctl(descriptor, lock, &isLocked) == 0,
                ioctl(descriptor, number, &index) == 0
            else { throw CocoaError(.fileReadUnknown) }
            return (descriptor, "/dev/pts/\(index)")
        #else
            let descriptor = posix_openpt(O_RDWR | O_NOCTTY)
            guard descriptor >= 0, grantpt(descriptor) == 0, unlockpt(descriptor) == 0,
                let name = ptsname(descriptor)
            else { throw CocoaError(.fileReadUnknown) }
            return (descriptor, String(cString: name))
        #endif
    }

    deinit {
        master.readabilityHandler = nil
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// What it has shown so far, what was typed included.
    var shown: String { seen.withLock { String(decoding: $0, as: UTF8.self) } }

    func type(_ keys: String) { master.write(Data(keys.utf8)) }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for the end.
    ///
    /// - Returns: The status, as a shell says it.
    func end() -> Int32 {
        process.waitUntilExit()
        return BuiltBinary.status(of: process)
    }
}
