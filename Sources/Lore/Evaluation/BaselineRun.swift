import Foundation
import LoreSearch

/// A ranking made earlier or elsewhere, to be judged by the same judgements.
///
/// It is a TREC run and not a list of figures: so any system's will do, and both sides are judged
/// alike even where the judgements have changed since.
struct BaselineRun: Sendable {
    let file: String
    /// By question.
    let rankings: [String: [RankedDocument]]

    /// Reads the run.
    ///
    /// - Throws: `KnowledgeBaseError.unreadableBaseline`, `.malformedBaselineLine`,
    ///   `.baselineOfOtherQuestions` or `.emptyBaseline`.
    init(file: URL, for set: EvaluationSet) throws {
        self.file = file.path
        var reader = Reader(file: file.path, questions: Set(set.questions.map(\.id)))
        for (index, line) in try Self.bytes(file).split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
        ).enumerated() {
            try reader.read(line, number: index + 1)
        }
        rankings = reader.rankings
        guard set.judgedQuestions.contains(where: { reader.rankings[$0.id] != nil }) else {
            throw KnowledgeBaseError.emptyBaseline(file: file.path)
        }
    }

    /// What each judged question's ranking is worth; nothing where there is none.
    func metrics(_ set: EvaluationSet) -> [RetrievalMetrics] {
        set.judgedQuestions.map {
            RetrievalMetrics(
                of: rankings[$0.id] ?? [], judgements: set.judgements[$0.id] ?? [:])
        }
    }

    /// Refuses a run over other documents, which would pass for a bad ranking where questions of
    /// both sets are numbered.
    func check(documents: some Sequence<String>) throws {
        let known = Set(documents)
        let isOfSet = rankings.values.contains { $0.contains { known.contains($0.id) } }
        guard isOfSet else { throw KnowledgeBaseError.baselineOfOtherDocuments(file: file) }
    }

    private static func bytes(_ file: URL) throws -> [UInt8] {
        do {
            return try Array(Data(contentsOf: file))
        } catch {
            throw KnowledgeBaseError.unreadableBaseline(
                file: file.path, reason: error.localizedDescription)
        }
    }
}

/// Gathers the lines of a run by question.
private struct Reader {
    let file: String
    let questions: Set<String>
    var rankings: [String: [RankedDocument]] = [:]
    private var seen: [String: Set<String>] = [:]

    init(file: String, questions: Set<String>) {
        self.file = file
        self.questions = questions
    }

    /// Takes in a line; one without text is passed over.
    mutating func read(_ bytes: ArraySlice<UInt8>, number: Int) throws {
        guard bytes.contains(where: { !TRECLine.isSpace($0) }) else { return }
        let line = try parsed(bytes, number)
        guard questions.contains(line.question) else {
            throw KnowledgeBaseError.baselineOfOtherQuestions(
                file: file, line: number, question: line.question)
        }
        guard seen[line.question, default: []].insert(line.document).inserted else {
            throw KnowledgeBaseError.malformedBaselineLine(
                file: file, line: number,
                reason: "'\(line.document)' stands twice for the question '\(line.question)'")
        }
        rankings[line.question, default: []].append(
            RankedDocument(id: line.document, score: line.score))
    }

    private func parsed(_ bytes: ArraySlice<UInt8>, _ number: Int) throws -> TRECLine {
        do {
            return try TRECLine(bytes)
        } catch {
            throw KnowledgeBaseError.malformedBaselineLine(
                file: file, line: number, reason: error.reason)
        }
    }
}
