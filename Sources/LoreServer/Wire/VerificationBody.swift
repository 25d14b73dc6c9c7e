package import Lore
import LoreCore

/// `verify --json`.
package struct VerificationBody: Encodable, Sendable {
    let answerId: String
    let citations: [CheckedCitationBody]
    /// Files that cannot be read; their citations are left out.
    let skipped: [UnreadableBody]?

    package init(_ answer: Verification) {
        answerId = answer.answerID
        citations = answer.citations.map(CheckedCitationBody.init)
        skipped = UnreadableBody.bodies(answer.unreadable)
    }
}

/// `stale --json`.
package struct StaleBody: Encodable, Sendable {
    struct Answer: Encodable, Sendable {
        let answerId: String
        let question: String
        let askedAt: String
        let citations: [CheckedCitationBody]
    }

    let answers: [Answer]
    /// Files that cannot be read; their citations are left out.
    let skipped: [UnreadableBody]?

    package init(_ report: VerificationReport) {
        answers = report.answers.map {
            Answer(
                answerId: $0.answerID, question: $0.question, askedAt: $0.askedAt,
                citations: $0.citations.map(CheckedCitationBody.init))
        }
        skipped = UnreadableBody.bodies(report.unreadable)
    }
}

/// A citation of `verify` and `stale`.
struct CheckedCitationBody: Encodable, Sendable {
    let n: Int
    /// Of the note that holds the quote now; where none does, of the one that was cited.
    let path: String
    let status: String
    /// Absent where the quote stands nowhere.
    let startLine: Int?
    let endLine: Int?

    init(_ checked: CheckedCitation) {
        n = checked.citation.number
        path = checked.path
        status = checked.status.rawValue
        startLine = checked.range?.lines.lowerBound
        endLine = checked.range?.lines.upperBound
    }
}

/// A file of which nothing can be said.
struct UnreadableBody: Encodable, Sendable {
    let path: String
    let reason: String

    /// Nil where there are none: the field is absent then.
    static func bodies(_ files: [SkippedFile]) -> [UnreadableBody]? {
        files.isEmpty ? nil : files.map { UnreadableBody(path: $0.path, reason: $0.reason) }
    }
}
