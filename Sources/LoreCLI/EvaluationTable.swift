import Lore
import LoreCore

/// What `eval` shows a person.
struct EvaluationTable {
    private let report: EvaluationReport

    init(_ report: EvaluationReport) { self.report = report }

    var lines: [String] {
        ["\(report.set): \(report.documents) documents, \(report.queries) questions"]
            + modes + comparison + followUp + answers + refusal
    }

    private static func name(_ measure: RankingMeasure) -> String {
        switch measure {
        case .ndcg10: "nDCG@10"
        case .recall10: "recall@10"
        case .recall100: "recall@100"
        case .mrr10: "MRR@10"
        }
    }

    /// Two lines a mode: the figures, and below them their intervals.
    private var modes: [String] {
        let widths = [11] + RankingMeasure.allCases.map { _ in 16 }
        let head = row([""] + RankingMeasure.allCases.map(Self.name), widths)
        let rows = SearchMode.allCases.flatMap { mode -> [String] in
            guard let figures = report.modes[mode] else { return [] }
            let means = RankingMeasure.allCases.map { shown(figures[$0]) }
            let intervals = RankingMeasure.allCases.map {
                figures.intervals[$0].map(shown) ?? ""
            }
            return [row([mode.rawValue] + means, widths), row([""] + intervals, widths)]
        }
        return [head] + rows.filter { !$0.isEmpty }
    }

    private var comparison: [String] {
        guard let comparison = report.comparison else { return [] }
        let widths = [11, 10, 10, 28, 9, 6, 6, 6]
        let head = ["", comparison.mode.rawValue, "baseline", "difference", "p", "wins", "ties"]
        let rows = RankingMeasure.allCases.compactMap { measure in
            comparison.figures[measure].map { row([Self.name(measure)] + cells($0), widths) }
        }
        return ["", "compared with \(Terminal.path(comparison.file))"]
            + [row(head + ["losses"], widths)] + rows
    }

    private func cells(_ figure: FigureComparison) -> [String] {
        [
            shown(figure.value), shown(figure.baseline),
            signed(figure.difference, places: 4) + " [" + signed(figure.interval.lowerBound)
                + ", " + signed(figure.interval.upperBound) + "]",
            figure.p < 0.0001 ? "<0.0001" : shown(figure.p), "\(figure.wins)", "\(figure.ties)",
            "\(figure.losses)",
        ]
    }

    private var followUp: [String] {
        guard let followUp = report.followUp else { return [] }
        return [
            "follow-ups (\(followUp.turns)): recall@10 \(shown(followUp.lastTurn)) by their own "
                + "words, \(shown(followUp.standalone)) standing alone"
        ]
    }

    private var answers: [String] {
        guard let answers = report.answers else { return [] }
        return [
            "answers to \(answers.questions) questions: gold in the first sentence "
                + "\(shown(answers.firstSentence)), in one of three \(shown(answers.threeSentences))"
        ]
    }

    private var refusal: [String] {
        guard let refusal = report.refusal else { return [] }
        return [
            "refused \(shown(refusal.refusedOfUnanswerable)) of \(refusal.unanswerable) unanswerable, "
                + "\(shown(refusal.refusedOfAnswerable)) of \(refusal.answerable) answerable; "
                + "AUROC \(shown(refusal.auroc))"
        ]
    }

    /// Cells side by side, each filled up to its width.
    private func row(_ cells: [String], _ widths: [Int]) -> String {
        let filled = zip(cells, widths).map { cell, width in
            cell + String(repeating: " ", count: max(1, width - cell.count))
        }.joined()
        return String(filled.reversed().drop { $0 == " " }.reversed())
    }

    private func shown(_ share: Double) -> String { decimal(share, places: 4) }

    private func shown(_ interval: ClosedRange<Double>) -> String {
        "[\(decimal(interval.lowerBound, places: 3)), \(decimal(interval.upperBound, places: 3))]"
    }

    private func signed(_ number: Double, places: Int = 3) -> String {
        (number < 0 ? "−" : "+") + decimal(abs(number), places: places)
    }
}
