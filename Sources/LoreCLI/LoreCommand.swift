import ArgumentParser

/// The command `lore`; each of its subcommands is a file of its own.
struct LoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lore",
        abstract: "Answers questions from a folder of notes, and shows where each answer stands.",
        discussion: """
            lore index ~/notes      index a folder of notes
            lore search "retries"   find the passages that matter
            lore ask "how do …?"    get an answer with citations
            """,
        version: Version.current,
        subcommands: [
            IndexCommand.self, FoldersCommand.self, SearchCommand.self, AskCommand.self,
            ChatCommand.self, ConversationsCommand.self, CostCommand.self, EgressCommand.self,
            VerifyCommand.self, StaleCommand.self, WhyCommand.self, RelatedCommand.self,
            DuplicatesCommand.self, ServeCommand.self,
            GetCommand.self, ModelsCommand.self, EmbedCommand.self, EvalCommand.self,
            BatchCommand.self,
            StatusCommand.self, DoctorCommand.self, BackupCommand.self, CompletionsCommand.self,
        ])
}

/// The version of this program.
enum Version {
    static let current = "0.1.0"
}
