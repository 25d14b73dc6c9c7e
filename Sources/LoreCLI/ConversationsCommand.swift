import ArgumentParser
import Lore
import LoreCore
import LoreServer

struct ConversationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conversations", abstract: "List, show, search or delete conversations.",
        subcommands: [List.self, Show.self, Search.self, Delete.self],
        defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the conversations, the last asked first.")

        @OptionGroup var global: GlobalOptions

        func run() async throws {
            ConversationsCommand.show(try await global.knowledgeBase().conversations(), global)
        }
    }

    struct Search: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Find conversations by the words of their questions and answers.")

        @Argument(help: "Words that stand in one turn.") var words: [String]

        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let found = try await global.knowledgeBase().conversations(
                with: words.joined(separator: " "))
            ConversationsCommand.show(found, global)
            if found.isEmpty { throw Finished(status: .notFound) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the questions and answers of a conversation.")

        @Argument(help: "The conversation's id, or the beginning of it.") var id: String

        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let knowledgeBase = try await global.knowledgeBase()
            let (id, turns) = try knowledgeBase.turns(ofConversation: id)
            guard !global.json else {
                return Output.standard.json(ConversationBody(id: id, turns: turns))
            }
            let rendering = TurnRendering(knowledgeBase: knowledgeBase)
            turns.forEach(rendering.show)
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forget a conversation with its answers; what it cost stays in the account.")

        @Argument(help: "The conversation's id, or the beginning of it.") var id: String

        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let id = try await global.knowledgeBase().deleteConversation(id)
            if global.json { Output.standard.json(DeletedBody(id)) }
        }
    }

    fileprivate static func show(_ conversations: [Conversation], _ global: GlobalOptions) {
        guard !global.json else {
            return Output.standard.json(ConversationsBody(conversations))
        }
        for conversation in conversations {
            let turns = conversation.turns == 1 ? "1 turn" : "\(conversation.turns) turns"
            let title = Terminal.path(String(conversation.title.prefix(80)))
            Output.standard.line(
                "\(conversation.id)\t\(conversation.lastAskedAt)\t\(turns)\t\(title)")
        }
    }
}
