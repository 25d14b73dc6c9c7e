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
            index lies in the cache folder and is never mixed with yours.
            """)

    @Argument(help: "The set's folder.", completion: .directory) var folder: String

    @Option(help: "Only this mode; else all three.") var mode: SearchMode?

    @Option(
        help: "Write the hybrid ranking, or that of --mode, as a TREC run.", completion: .file())
    var run: String?

    @Option(
        help: "Ask each question and write what was answered, as JSON lines.", completion: .file())
    var answers: String?

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let progress = ProgressLine(isQuiet: global.quiet)
        defer { progress.finish() }
        let request = EvaluationRequest(
            folder: URL(fileURLWithPath: folder), modes: mode.map { [$0] } ?? SearchMode.allCases,
            recordsAnswers: answers != nil)
        let evaluation = try await global.knowledgeBase().evaluate(request) {
            progress.show($0.phase, $0.done, of: $0.total, unit: "")
        }
        progress.finish()
        global.say(evaluation.report.notices)
        try writeFiles(evaluation)
        if global.json {
            Output.standard.json(EvaluationBody(evaluation.report))
        } else {
            show(evaluation.report)
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

    private func show(_ report: EvaluationReport) {
        Output.standard.line(
            "\(report.set): \(report.documents) documents, \(report.queries) questions")
        Output.standard.line("           nDCG@10  recall@10  recall@100  MRR@10")
        for mode in SearchMode.allCases {
            guard let figures = report.modes[mode] else { continue }
            let name = mode.rawValue + String(repeating: " ", count: 11 - mode.rawValue.count)
            Output.standard.line(
                name
                    + "\(shown(figures.ndcg10))   \(shown(figures.recall10))     "
                    + "\(shown(figures.recall100))      \(shown(figures.mrr10))")
        }
        if let answers = report.answers {
            Output.standard.line(
                "answers to \(answers.questions) questions: gold in the first sentence "
                    + "\(shown(answers.firstSentence)), in one of three \(shown(answers.threeSentences))"
            )
        }
        if let refusal = report.refusal {
            Output.standard.line(
                "refused \(shown(refusal.refusedOfUnanswerable)) of \(refusal.unanswerable) unanswerable, "
                    + "\(shown(refusal.refusedOfAnswerable)) of \(refusal.answerable) answerable; "
                    + "AUROC \(shown(refusal.auroc))")
        }
    }

    private func shown(_ share: Double) -> String { decimal(share, places: 4) }
}
