import LoreCore
import LoreStore
import TestSupport
import Testing

/// The store against a dictionary of notes, over long sequences of changes.
@Suite struct RandomChangesTests {
    private static let words = [
        "apple", "pear", "plum", "本", "日本語", "snake_case", "Ünïcode", "run",
    ]

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `the index equals the notes after any changes`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let test = try TestStore()
        var model: [String: DocumentUpdate] = [:]
        for step in 0..<150 {
            try change(test, &model, &random)
            if step % 10 == 9 { try check(test, model, seed) }
        }
    }

    /// Writes, removes or moves one note; embeds now and then.
    private func change(
        _ test: TestStore, _ model: inout [String: DocumentUpdate], _ random: inout SeededRandom
    ) throws {
        let known = try test.store.read { try $0.stamps(of: test.notes) }
        let stamps = Dictionary(uniqueKeysWithValues: known.map { ($0.path, $0) })
        let path = ["a", "b", "c", "d", "e", "f"].randomElement(using: &random) ?? ""
        let source = stamps.keys.sorted().randomElement(using: &random) ?? path
        var changes = FolderChanges()
        switch Int.random(in: 0..<6, using: &random) {
        case 0:
            changes.removals = stamps[path].map { [$0.id] } ?? []
            model[path] = nil
        case 1:
            guard let moved = model[source], source != path else { return }
            changes.updates = [
                documentUpdate(
                    path, title: moved.document.title, movedFrom: stamps[source]?.id,
                    moved.chunks.map { ($0.heading, $0.text) })
            ]
            model[source] = nil
        default:
            changes.updates = [note(path, &random)]
        }
        for update in changes.updates { model[path] = update }
        try test.store.apply(changes, to: test.notes, at: noon)
        if Int.random(in: 0..<3, using: &random) == 0 { try test.embedAll() }
    }

    private func note(_ path: String, _ random: inout SeededRandom) -> DocumentUpdate {
        let title = Self.words.randomElement(using: &random) ?? ""
        let count = Int.random(in: 0..<8, using: &random)
        let chunks = (0..<count).map { _ in
            let words = (0..<3).map { _ in Self.words.randomElement(using: &random) ?? "" }
            return (heading: [words[0]], text: words[1] + " " + words[2])
        }
        return documentUpdate(path, title: title, chunks)
    }

    private func check(
        _ test: TestStore, _ model: [String: DocumentUpdate], _ seed: UInt64
    ) throws {
        try test.checkFullText()
        let stored = try test.store.read { try $0.documents() }
        #expect(stored.map(\.document.path) == model.keys.sorted(), "seed \(seed)")
        for document in stored {
            let update = try #require(model[document.document.path])
            #expect(document.document == update.document, "seed \(seed)")
            let chunks = try test.store.read { try $0.chunks(ofDocument: document.row) }
            #expect(chunks.map(\.chunk) == update.chunks, "seed \(seed)")
        }
        let hashes = Set(model.values.flatMap(\.chunks).map(\.embeddedTextHash))
        #expect(try test.count("embedded_texts") == hashes.count, "seed \(seed)")
        let pending = try test.store.read { try $0.pendingCount(for: testFingerprint()) }
        #expect(try test.count("vectors") == hashes.count - pending, "seed \(seed)")
    }
}
