import ArgumentParser
import Foundation
import Lore
import LoreCore
import LoreServer

struct EvalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Measure retrieval on a labelled set in the BEIR layout.",
        discussion: """
            The set has queries.jsonl, qrels/test.tsv, and corpus.jsonl or a folder of notes. Its \
            index lies in the cache folder and is never mixed with yours. Below each figure \
            stands its 95 % interval: where it lies for other questions of the kind, by a \
            bootstrap.

            lore eval SET --run before.run, a change of settings, then lore eval SET --baseline \
            before.run tells whether the change helped: p is the chance of a difference as large \
            were both equally good, by a randomization test over questions. Any system's TREC run \
            will do.
            """)

    @Argument(help: "The set's folder.", completion: .directory) var folder: String

    @Option(help: "Only this mode; else all three.") var mode: SearchMode?

    @Option(
        help: "Write the hybrid ranking, or that of --mode, as a TREC run.", completion: .file())
    var run: String?

    @Option(
        help: "Ask each question and write what was answered, as JSON lines.", completion: .file())
    var answers: String?

    @Option(
        help: "Compare the hybrid ranking, or that of --mode, with this TREC run.",
        completion: .file())
    var baseline: String?

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let progress = ProgressLine(isQuiet: global.quiet)
        defer { progress.finish() }
        let request = EvaluationRequest(
            folder: URL(fileURLWithPath: folder), modes: mode.map { [$0] } ?? SearchMode.allCases,
            recordsAnswers: answers != nil, baseline: baseline.map { URL(fileURLWithPath: $0) })
        let knowledgeBase = try await global.knowledgeBase()
        let evaluation = try await knowledgeBase.evaluate(request) {
            progress.show($0.phase, $0.done, of: $0.total, unit: "")
        }
        progress.finish()
        global.say(evaluation.report.notices + (await knowledgeBase.settle()))
        try writeFiles(evaluation)
        if global.json {
            Output.standard.json(EvaluationBody(evaluation.report))
        } else {
            for line in EvaluationTable(evaluation.report).lines { Output.standard.line(line) }
        }
    }

    private func writeFiles(_ evaluation: Evaluation) throws {
        if let run {
            let lines = evaluation.run.map {
                "\($0.question) Q0 \($0.document) \($0.rank) \($0.score) lore\n"
            }
            try write(lines.joined(), to: run)
        }
        if let answers {
            let lines = try evaluation.answers.map {
                String(decoding: try WireEncoder.compact(RecordedAnswerBody($0)), as: UTF8.self)
            }
            try write(lines.map { $0 + "\n" }.joined(), to: answers)
        }
    }

    private func write(_ text: String, to path: String) throws {
        do {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw KnowledgeBaseError.cannotWrite(file: path, reason: error.localizedDescription)
        }
    }
}
