import Foundation
import TestSupport

/// A command that runs beside a test; killed with its last reference.
final class RunningCommand {
    private let process: Process
    private let folder: TemporaryFolder
    private var file: URL { folder.url.appending(path: "err") }
    private var outputFile: URL { folder.url.appending(path: "out") }

    init(_ place: Workplace, input: String = "", _ arguments: String...) throws {
        folder = try TemporaryFolder()
        process = place.lore.makeProcess(arguments)
        process.standardInput = try FileHandle(forReadingFrom: folder.write(input, to: "in"))
        process.standardOutput = try FileHandle(
            forWritingTo: folder.write("", to: "out"))
        process.standardError = try FileHandle(forWritingTo: folder.write("", to: "err"))
        try process.run()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// What it has said on stderr so far.
    var said: String {
        // Not yet there is empty.
        (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    }

    /// What it has written to stdout so far.
    var written: String {
        (try? String(contentsOf: outputFile, encoding: .utf8)) ?? ""
    }

    /// The same, line by line.
    var lines: [String] { written.split(separator: "\n").map(String.init) }

    var isRunning: Bool { process.isRunning }

    /// Sends `signal` and waits for the end.
    ///
    /// - Returns: The status, as a shell says it.
    func end(by signal: Int32) -> Int32 {
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        return BuiltBinary.status(of: process)
    }
}
