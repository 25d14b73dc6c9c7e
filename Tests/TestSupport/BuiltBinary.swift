public import Foundation

/// Runs a program that this build has made, as a user would.
public struct BuiltBinary: Sendable {
    public struct Result: Sendable {
        public let output: Data
        public let error: String
        /// 128 and the signal's number where a signal ended it, as a shell says it.
        public let status: Int32

        public var text: String { String(decoding: output, as: UTF8.self) }

        /// The output as JSON; an empty dictionary where it is none.
        public var json: [String: Any] {
            // What is no JSON fails the expectation on its content.
            (try? JSONSerialization.jsonObject(with: output)) as? [String: Any] ?? [:]
        }
    }

    private let executable: URL
    private let environment: [String: String]

    /// The program called `name`, to be run with this environment and nothing inherited but the
    /// search path, where `environment` has none.
    public init(_ name: String, environment: [String: String]) {
        executable = Self.folder.appendingPathComponent(name)
        var environment = environment
        for name in ["PATH", "OPENBLAS_CORETYPE", "LD_LIBRARY_PATH"] {
            environment[name] = environment[name] ?? ProcessInfo.processInfo.environment[name]
        }
        self.environment = environment
    }

    /// The folder that holds the test bundle and the programs built beside it.
    private static let folder: URL = {
        let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        return bundle.deletingLastPathComponent()
    }()

    /// Runs the program to its end.
    public func run(_ arguments: [String], input: String = "") throws -> Result {
        try run(makeProcess(arguments), input: input)
    }

    /// Runs `script` by the shell, in which `$0` is the program and `$1` and so on the arguments.
    public func run(shell script: String, _ arguments: [String]) throws -> Result {
        let process = makeProcess(["-c", script, executable.path] + arguments)
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        return try run(process, input: "")
    }

    private func run(_ process: Process, input: String) throws -> Result {
        let folder = try TemporaryFolder()
        // Files, not pipes: whatever the program writes, it never waits for a reader.
        let output = try folder.write("", to: "out")
        let error = try folder.write("", to: "err")
        process.standardInput = try FileHandle(forReadingFrom: folder.write(input, to: "in"))
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: error)
        try process.run()
        process.waitUntilExit()
        return Result(
            output: try Data(contentsOf: output),
            error: try String(contentsOf: error, encoding: .utf8), status: Self.status(of: process))
    }

    /// The program ready to be started, for tests that end it themselves.
    public func makeProcess(_ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.environment = environment
        return process
    }

    /// The status as a shell would say it.
    public static func status(of process: Process) -> Int32 {
        process.terminationReason == .uncaughtSignal
            ? 128 + process.terminationStatus : process.terminationStatus
    }
}
