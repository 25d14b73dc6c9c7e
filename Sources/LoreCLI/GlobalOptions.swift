import ArgumentParser
import Foundation
import Logging
import Lore

/// The options that every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(help: "The index to use, in place of LORE_DB or the default.")
    var db: String?

    @Flag(help: "Print one JSON document.")
    var json = false

    @Flag(name: .shortAndLong, help: "Say nothing but results and errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say more of what is done.")
    var verbose = false

    @Flag(help: "Refuse every connection that is not loopback.")
    var offline = false

    func validate() throws {
        if quiet && verbose { throw ValidationError("-q and -v exclude each other") }
    }

    /// The settings in force: flags, then the environment, then `.env`, then the file, then the
    /// defaults.
    ///
    /// `folders` are about to be indexed: a `.env` in one is not read.
    func configuration(indexing folders: [String] = []) async throws -> Configuration {
        let files = FileManager.default
        var configuration = try await Configuration.load(
            environment: ProcessInfo.processInfo.environment,
            home: files.homeDirectoryForCurrentUser,
            workingDirectory: URL(fileURLWithPath: files.currentDirectoryPath, isDirectory: true),
            database: db.map { URL(fileURLWithPath: $0) },
            indexing: folders.map { URL(fileURLWithPath: $0, isDirectory: true) })
        if db != nil { configuration.origins["db"] = .flag("--db") }
        if offline {
            configuration.offline = true
            configuration.origins["offline"] = .flag("--offline")
        }
        say(configuration.notices.map(Terminal.printable))
        return configuration
    }

    func knowledgeBase() async throws -> KnowledgeBase {
        knowledgeBase(try await configuration())
    }

    /// With settings that a command has changed.
    func knowledgeBase(_ configuration: Configuration) -> KnowledgeBase {
        let isQuiet = quiet
        return KnowledgeBase(configuration: configuration) { sentence in
            if !isQuiet { Output.error.line("lore: " + Terminal.printable(sentence)) }
        }
    }

    /// Says each sentence on stderr, unless told to be quiet.
    func say(_ sentences: [String]) {
        guard !quiet else { return }
        for sentence in sentences { Output.error.line("lore: " + sentence) }
    }

    /// A logger on stderr; warnings only, unless told otherwise.
    func logger() -> Logger {
        var logger = Logger(label: "lore") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = verbose ? .debug : quiet ? .error : .warning
        return logger
    }
}
