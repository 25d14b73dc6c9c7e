import Foundation
import LoreCore
import LoreStore
import Synchronization

/// Keeps a turn in the history while its answer comes, so that a crash leaves what there was.
final class TurnRecord: Sendable {
    private let turn: OpenedTurn
    private let journal: Journal
    private let progress = Mutex(Progress())

    private struct Progress {
        var text = ""
        var keptAt = ContinuousClock.now
    }

    /// Between two writes of a text that grows: what a crash may lose of it.
    private static let interval = Duration.milliseconds(500)

    init(_ turn: OpenedTurn, in journal: Journal) {
        self.turn = turn
        self.journal = journal
    }

    /// Keeps the question.
    func open() {
        let turn = turn
        journal.write { try $0.open(turn) }
    }

    /// Keeps what the answer is made from, before its first word.
    func draws(on origins: [NoteOrigin]) {
        let id = turn.answerID
        if !origins.isEmpty { journal.write { try $0.keep(origins, ofAnswer: id) } }
    }

    /// Adds a piece to the answer so far.
    func add(_ piece: String) {
        let text = progress.withLock { progress -> String? in
            progress.text += piece
            guard progress.keptAt.duration(to: .now) >= Self.interval else { return nil }
            progress.keptAt = .now
            return progress.text
        }
        if let text { keep(text) }
    }

    /// Keeps what there is of an answer that has no end.
    func cut() { keep(progress.withLock { $0.text }) }

    /// Keeps the answer, whole.
    func close(_ answer: Answer) { journal.write { try $0.close(answer) } }

    private func keep(_ text: String) {
        let id = turn.answerID
        if !text.isEmpty { journal.write { try $0.keep(text, ofAnswer: id) } }
    }
}

/// An id that nothing else has.
func newID() -> String { UUID().uuidString.lowercased() }
