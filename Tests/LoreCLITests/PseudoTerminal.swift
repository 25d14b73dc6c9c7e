import Foundation
import Synchronization
import TestSupport

/// A command that runs on a terminal of its own, at which a test types; killed with its last reference.
final class PseudoTerminal: Sendable {
    private let process: Process
    private let master: FileHandle
    private let seen = Mutex(Data())

    init(_ place: Workplace, _ arguments: String...) throws {
        let descriptor = posix_openpt(O_RDWR | O_NOCTTY)
        guard descriptor >= 0, grantpt(descriptor) == 0, unlockpt(descriptor) == 0,
            let name = ptsname(descriptor).map({ String(cString: $0) })
        else { throw CocoaError(.fileReadUnknown) }
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
