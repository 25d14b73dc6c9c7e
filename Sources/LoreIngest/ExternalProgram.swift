import Subprocess

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A program on this machine that lore hands a file to, without a shell in between.
///
/// It gets an environment of three variables, no input, and limits on time, memory and output. It
/// leads a process group of its own, which is killed when the time is up, the output is too long,
/// or the task is cancelled.
struct ExternalProgram: Sendable {
    /// How a run ended.
    enum Outcome: Sendable {
        case output([UInt8])
        /// It ended with a failure, and these were its words.
        case failed(reason: String)
        case timedOut
        case tooMuchOutput
    }

    let name: String
    /// Where it lies, which the search path said.
    let path: String
    private let searchPath: String

    /// Finds a program in the absolute folders of a search path; nil where none has it.
    init?(named name: String, in searchPath: String) {
        guard let path = Self.find(name, in: searchPath) else { return nil }
        self.name = name
        self.path = path
        self.searchPath = searchPath
    }

    /// Runs the program to its end or a limit.
    ///
    /// - Throws: `CancellationError`, and what the system says where nothing can be started.
    func run(
        _ arguments: [String], home: String, limits: ConversionLimits
    ) async throws -> Outcome {
        try await withThrowingTaskGroup(of: Outcome.self) { group in
            group.addTask { try await start(arguments, home: home, limits: limits) }
            group.addTask {
                try await Task.sleep(for: limits.time)
                return .timedOut
            }
            defer { group.cancelAll() }
            let first = try await group.next() ?? .timedOut
            try Task.checkCancellation()
            return first
        }
    }

    private func start(
        _ arguments: [String], home: String, limits: ConversionLimits
    ) async throws -> Outcome {
        let (executable, arguments) = limited(arguments, memoryBytes: limits.memoryBytes)
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1))
        ]
        do {
            let result = try await Subprocess.run(
                executable, arguments: Arguments(arguments),
                environment: .custom(["PATH": searchPath, "HOME": home, "LANG": "C.UTF-8"]),
                platformOptions: options, input: .none, output: .sequence, error: .sequence
            ) { execution in
                async let words = head(of: execution.standardError)
                let output = try await all(of: execution.standardOutput, limit: limits.outputBytes)
                return (output, try await words)
            }
            let (output, words) = result.closureResult
            guard !result.terminationStatus.isSuccess else { return .output(output) }
            return .failed(reason: reason(words, result.terminationStatus))
        } catch is OutputTooLong {
            return .tooMuchOutput
        }
    }

    /// The command with a limit on memory in front of it.
    ///
    /// Linux only: `prlimit` of util-linux sets the limit and becomes the program. Elsewhere, and
    /// where it is missing, memory is not limited.
    private func limited(
        _ arguments: [String], memoryBytes: Int
    ) -> (Executable, arguments: [String]) {
        #if os(Linux)
            if Self.find("prlimit", in: searchPath) != nil {
                let limits = ["--as=\(memoryBytes)", "--core=0"]
                return (.name("prlimit"), limits + [path] + arguments)
            }
        #endif
        return (.name(name), arguments)
    }

    private static func find(_ name: String, in searchPath: String) -> String? {
        // What lies in a folder relative to the working one may be somebody else's.
        let folders = searchPath.split(separator: ":").filter { $0.hasPrefix("/") }
        return folders.map { "\($0)/\(name)" }.first(where: isExecutableFile)
    }

    private static func isExecutableFile(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0, FileKind(mode: status.st_mode) == .file else {
            return false
        }
        return access(path, X_OK) == 0
    }
}

/// What a program may use up while it converts one file.
package struct ConversionLimits: Hashable, Sendable {
    package var time: Duration = .seconds(60)
    /// Of address space.
    package var memoryBytes = 1 << 30
    package var outputBytes = 20_000_000

    package init() {}
}

private struct OutputTooLong: Error {}

private func all(
    of sequence: SubprocessOutputSequence, limit: Int
) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await buffer in sequence {
        guard bytes.count + buffer.count <= limit else { throw OutputTooLong() }
        buffer.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }
    return bytes
}

/// The first words of a program; the rest is read and dropped, so that it never waits.
private func head(of sequence: SubprocessOutputSequence) async throws -> [UInt8] {
    let enough = 4096
    var bytes: [UInt8] = []
    for try await buffer in sequence where bytes.count < enough {
        buffer.withUnsafeBytes { bytes.append(contentsOf: $0.prefix(enough - bytes.count)) }
    }
    return bytes
}

/// The first line a program said before it failed, else how it ended.
private func reason(_ words: [UInt8], _ status: TerminationStatus) -> String {
    let line = words.split(whereSeparator: { $0 == newline || $0 == 0x0D })
        .first { $0.contains { !$0.isBlank } }
    if let line {
        // What a program repeats of a file is somebody's text, and no terminal's to obey.
        let printable = String(decoding: line.prefix(200), as: UTF8.self).unicodeScalars
            .filter { !$0.properties.isNoncharacterCodePoint && $0.value >= 0x20 }
        return String(String.UnicodeScalarView(printable))
    }
    return switch status {
    case .exited(let code): "exit status \(code)"
    case .signaled(let signal): "ended by signal \(signal)"
    }
}
