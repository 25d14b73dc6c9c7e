import ArgumentParser
import Foundation
import Lore
import LoreServer

struct BatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch",
        abstract: "Ask many questions at once, at the providers' batch price.",
        subcommands: [List.self, Submit.self, Status.self, Collect.self],
        defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the batches, the newest first.")

        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let batches = try await global.knowledgeBase().batches()
            guard !global.json else { return Output.standard.json(BatchesBody(batches)) }
            for batch in batches { BatchCommand.show(batch) }
        }
    }

    struct Submit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send the questions of a file, each with the passages that answer it now.",
            discussion: """
                The file has a line for each question: {"question": "…", "id": "…", "where": "…"}, or a \
                text alone ("…"). Questions that the notes do not answer are sent to no one. A \
                provider without batches is asked one question after another.
                """)

        @Argument(help: "The file; - for stdin.") var file: String

        @Option(name: .shortAndLong, help: "The model that answers: provider:name.")
        var model: String?

        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let knowledgeBase = try await global.knowledgeBase()
            let questions = try [BatchQuestion](jsonLines: text(), file: file)
            let batch = try await knowledgeBase.submitBatch(questions, model: model)
            global.say(batch.notices)
            guard !global.json else { return Output.standard.json(BatchBody(batch)) }
            BatchCommand.show(batch)
        }

        private func text() throws -> String {
            if file == "-" {
                if case .text(let text) = StandardInput.read() { return text }
                return ""
            }
            do {
                return try String(contentsOfFile: file, encoding: .utf8)
            } catch {
                throw ValidationError("cannot read '\(file)'")
            }
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Tell how far a batch is.")

        @Argument(help: "The batch's id, or the beginning of it.") var id: String

        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let batch = try await global.knowledgeBase().batchStatus(id)
            guard !global.json else { return Output.standard.json(BatchBody(batch)) }
            BatchCommand.show(batch)
        }
    }

    struct Collect: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the answers of a batch in the order of its questions.",
            discussion: """
                One JSON document a line, as `ask --json` prints it. Ends with status 1 while the batch \
                runs, and with 5 where a question has no answer.
                """)

        @Argument(help: "The batch's id, or the beginning of it.") var id: String

        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let batch = try await global.knowledgeBase().collectBatch(id)
            if global.json {
                Output.standard.json(CollectedBatchBody(batch))
            } else {
                for answer in batch.answers { Output.standard.jsonLine(BatchAnswerBody(answer)) }
            }
            guard batch.summary.state == .done else {
                global.say([BatchCommand.sentence(batch.summary)])
                throw Finished(status: .failure)
            }
            if batch.summary.failed > 0 { throw Finished(status: .provider) }
        }
    }

    fileprivate static func show(_ batch: BatchSummary) {
        Output.standard.line(
            "\(batch.id)\t\(batch.model)\t\(batch.madeAt)\t\(sentence(batch))")
    }

    private static func sentence(_ batch: BatchSummary) -> String {
        let failed = batch.failed > 0 ? ", \(batch.failed) failed" : ""
        let counts = "\(batch.answered) of \(batch.questions) answered\(failed)"
        return switch batch.state {
        case .unsent: "not sent yet: run `lore batch collect \(batch.id)`"
        case .undecided: "whether it was sent shows when the provider is done"
        case .running: "running, \(counts)"
        case .done: counts
        }
    }
}
