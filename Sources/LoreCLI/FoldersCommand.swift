import ArgumentParser
import Lore
import LoreServer

struct FoldersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "folders", abstract: "List, remove or rename the indexed folders.",
        subcommands: [List.self, Remove.self, Rename.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the indexed folders.")

        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let folders = try await global.knowledgeBase().folders()
            guard !global.json else { return Output.standard.json(FoldersBody(folders)) }
            for folder in folders {
                Output.standard.line(
                    "\(folder.name)\t\(folder.documents) notes\t\(Terminal.path(folder.path))")
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forget a folder and all that was indexed from it; its files stay.")

        @Argument(help: "The folder's name, as `lore folders` shows it.") var name: String

        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let knowledgeBase = try await global.knowledgeBase()
            try await knowledgeBase.removeFolder(named: name)
            if global.json {
                Output.standard.json(FoldersBody(try knowledgeBase.folders()))
            }
        }
    }

    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give an indexed folder another name; nothing is indexed again.")

        @Argument(help: "Its name now.") var old: String
        @Argument(help: "Its new name.") var new: String

        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let knowledgeBase = try await global.knowledgeBase()
            try await knowledgeBase.renameFolder(from: old, to: new)
            if global.json {
                Output.standard.json(FoldersBody(try knowledgeBase.folders()))
            }
        }
    }
}
