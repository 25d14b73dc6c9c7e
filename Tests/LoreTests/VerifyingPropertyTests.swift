import Foundation
import Lore
import LoreCore
import LoreStore
import TestSupport
import Testing

/// A thousand edits, each followed by `verify` and `stale`; about every third is brought into the index
/// first.
@Suite struct VerifyingPropertyTests {
    @Test(arguments: 0..<40)
    func `after any edit the quotes are what a plain look at all files finds`(
        seed: UInt64
    ) async throws {
        var edited = EditedNotes(seed: seed)
        let notes = try await AnsweredNotes(edited.files) { $0.chunkTokens = 40 }
        let ids = ["first", "second"]
        for id in ids { try notes.keep(id, edited.quotes(8)) }
        let store = try Store(path: notes.configuration.database.path, access: .readOnly)
        let cited = try store.read { reader in
            try ids.map { try reader.citedPassages(ofAnswer: $0) }
        }

        for step in 0..<25 {
            let before = edited.files
            let edit = edited.edit()
            try notes.replace(before, by: edited.files)
            let isIndexed = edited.isOneOfThree()
            if isIndexed { try await notes.index() }

            let plain = PlainVerifier(files: edited.files)
            let expected = cited.map { $0.map(plain.outcome) }
            let what: Comment = "seed \(seed), step \(step), \(edit), indexed: \(isIndexed)"
            for (id, outcomes) in zip(ids, expected) {
                #expect(try await notes.verified(id) == outcomes, what)
            }
            let stale = try await notes.knowledgeBase.staleAnswers().answers.map(\.answerID)
            let expectedStale = zip(ids, expected).filter { _, outcomes in
                outcomes.contains { $0.hasSuffix(" changed") || $0.hasSuffix(" gone") }
            }.map(\.0)
            #expect(stale == expectedStale.reversed(), what)
        }
    }
}
