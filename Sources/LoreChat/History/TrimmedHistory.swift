package import LoreCore

/// The last turns, as many as fit: the oldest go first.
package struct TrimmedHistory: HistoryPolicy {
    package init() {}

    package func history(of turns: [ConversationTurn], in room: HistoryRoom) -> ChatHistory {
        ChatHistory(turns: room.last(turns), of: turns.count)
    }
}

extension HistoryRoom {
    /// The last of `turns`, as many as fit; of those before them nothing is read.
    func last(_ turns: some BidirectionalCollection<ConversationTurn>) -> [PastTurn] {
        fitting(turns.reversed().lazy.map(PastTurn.init))
    }

    /// The last of `turns`, as many as fit.
    func last(_ turns: some BidirectionalCollection<PastTurn>) -> [PastTurn] {
        fitting(turns.reversed())
    }

    /// The first of `turns`, the last turn first, that fit together; in their order in time.
    private func fitting(_ turns: some Sequence<PastTurn>) -> [PastTurn] {
        var (kept, bytes) = ([PastTurn](), 0)
        for turn in turns {
            bytes += turn.bytes
            let messages = 2 * (kept.count + 1)
            guard count.tokens(bytes: bytes) + messages * TokenCount.perMessage <= tokens else {
                break
            }
            kept.append(turn)
        }
        return kept.reversed()
    }
}
