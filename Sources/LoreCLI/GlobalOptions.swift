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

    /// The settings in force: flags, then the environment, then the file, then the defaults.
    func configuration() throws -> Configuration {
        var configuration = try Configuration.load(
            environment: ProcessInfo.processInfo.environment,
            home: FileManager.default.homeDirectoryForCurrentUser)
        if let db {
            configuration.database = URL(fileURLWithPath: db)
            configuration.origins["db"] = .flag("--db")
        }
        if offline {
            configuration.offline = true
            configuration.origins["offline"] = .flag("--offline")
        }
        return configuration
    }

    func knowledgeBase() throws -> KnowledgeBase {
        knowledgeBase(try configuration())
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
