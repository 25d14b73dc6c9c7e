import LoreCore
import LoreStore
import Testing

@Suite struct EgressTests {
    private func entry(_ at: String, _ path: String) -> EgressEntry {
        EgressEntry(
            at: at, host: "api.example.org", purpose: .embedding, folder: "notes", path: path,
            lines: 3...5)
    }

    @Test func `what was sent is listed from a time on, in its order`() throws {
        let test = try TestStore()
        let entries = [
            entry("2026-11-01T00:00:00Z", "b.md"), entry("2026-11-02T00:00:00Z", "a.md"),
        ]

        try test.store.add(entries)

        #expect(try test.store.read { try $0.egress(since: nil) } == entries)
        #expect(
            try test.store.read { try $0.egress(since: "2026-11-02T00:00:00Z") }
                == [entries[1]])
    }
}
