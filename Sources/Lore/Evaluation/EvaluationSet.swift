import Foundation
import LoreChat
import LoreCore

/// A labelled set in the BEIR layout: documents, questions, and which documents answer which.
///
/// - SeeAlso: Thakur et al. (2021), arXiv 2104.08663
struct EvaluationSet: Sendable {
    struct Question: Sendable {
        let id: String
        let text: String
        /// Gold answers; empty where the set has none.
        let answers: [String]
        /// False where the set says that no document answers.
        let isAnswerable: Bool?
        /// What was said before it, the newest last; empty for the first of a conversation.
        let history: [EarlierTurn]

        /// As lore asks it.
        var standalone: StandaloneQuestion {
            QuestionRewriter().standalone(text, after: history)
        }
    }

    struct Text: Sendable {
        let id: String
        let title: String
        let text: String
    }

    enum Documents: Sendable {
        /// The lines of `corpus.jsonl`.
        case texts(URL)
        /// A folder of notes; a document's id is its path.
        case notes(URL)
    }

    let name: String
    let documents: Documents
    /// In the order of the file.
    let questions: [Question]
    /// Grades by document, by question; only questions with a grade above 0 are judged.
    let judgements: [String: [String: Int]]

    /// Reads a set.
    ///
    /// - Throws: `KnowledgeBaseError.evaluationSetIncomplete` or `.malformedEvaluationLine`.
    init(folder: URL) throws {
        let corpus = folder.appendingPathComponent("corpus.jsonl")
        name = folder.standardizedFileURL.lastPathComponent
        documents = Self.exists(corpus) ? .texts(corpus) : .notes(folder)
        questions = try Self.questions(folder.appendingPathComponent("queries.jsonl"), folder)
        judgements = try Self.judgements(folder.appendingPathComponent("qrels/test.tsv"), folder)
    }

    /// The questions with at least one document judged relevant.
    var judgedQuestions: [Question] {
        questions.filter { judgements[$0.id]?.values.contains { $0 > 0 } ?? false }
    }

    /// The documents of a `corpus.jsonl`, in its order.
    static func texts(_ file: URL) throws -> [Text] {
        try JSONLines(file).map { (line: CorpusLine, _) in
            Text(id: line._id, title: line.title ?? "", text: line.text)
        }
    }

    private static func exists(_ file: URL) -> Bool {
        FileManager.default.fileExists(atPath: file.path)
    }

    private static func questions(_ file: URL, _ folder: URL) throws -> [Question] {
        guard exists(file) else {
            throw KnowledgeBaseError.evaluationSetIncomplete(
                folder: folder.path, missing: "queries.jsonl")
        }
        return try JSONLines(file).map { (line: QueryLine, _) in
            Question(
                id: line._id, text: line.text, answers: line.metadata?.answers ?? [],
                isAnswerable: line.metadata?.answerable,
                history: EarlierTurn.turns(line.metadata?.history ?? []))
        }
    }

    private static func judgements(_ file: URL, _ folder: URL) throws -> [String: [String: Int]] {
        guard exists(file) else {
            throw KnowledgeBaseError.evaluationSetIncomplete(
                folder: folder.path, missing: "qrels/test.tsv")
        }
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        var grades: [String: [String: Int]] = [:]
        for (index, line) in lines.enumerated().dropFirst() {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count == 3, let grade = Int(fields[2].trimmingCharacters(in: .whitespaces))
            else {
                throw KnowledgeBaseError.malformedEvaluationLine(
                    file: file.path, line: index + 1,
                    reason: "it is not a question, a document and a whole number")
            }
            grades[String(fields[0]), default: [:]][String(fields[1])] = grade
        }
        return grades
    }
}

private struct CorpusLine: Decodable {
    let _id: String
    let title: String?
    let text: String
}

private struct QueryLine: Decodable {
    struct Metadata: Decodable {
        let answers: [String]?
        let answerable: Bool?
        let history: [HistoryLine]?
    }

    let _id: String
    let text: String
    let metadata: Metadata?
}

private struct HistoryLine: Decodable {
    let speaker: String
    let text: String
}

extension EarlierTurn {
    /// The turns of a conversation: each begins where the user speaks, what is said next answers.
    fileprivate static func turns(_ lines: [HistoryLine]) -> [EarlierTurn] {
        var turns: [EarlierTurn] = []
        for line in lines {
            if line.speaker == "user" {
                turns.append(EarlierTurn(question: line.text, answer: ""))
            } else if let last = turns.popLast() {
                let parts = [last.answer, line.text].filter { !$0.isEmpty }
                turns.append(
                    EarlierTurn(
                        question: last.question, answer: parts.joined(separator: "\n")))
            }
        }
        return turns
    }
}

/// The lines of a file, each a JSON document.
private struct JSONLines {
    private let file: URL
    private let lines: [Data.SubSequence]

    init(_ file: URL) throws {
        self.file = file
        lines = try Data(contentsOf: file).split(separator: UInt8(ascii: "\n"))
    }

    func map<Line: Decodable, Value>(_ transform: (Line, Int) throws -> Value) throws -> [Value] {
        let decoder = JSONDecoder()
        return try lines.enumerated().map { index, line in
            do {
                return try transform(decoder.decode(Line.self, from: Data(line)), index + 1)
            } catch let error as DecodingError {
                throw KnowledgeBaseError.malformedEvaluationLine(
                    file: file.path, line: index + 1, reason: Self.reason(error))
            }
        }
    }

    private static func reason(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "'\(key.stringValue)' is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
            .dataCorrupted(let context):
            context.debugDescription
        @unknown default: "\(error)"
        }
    }
}
