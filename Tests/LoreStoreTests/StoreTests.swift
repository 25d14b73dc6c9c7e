import LoreStore
import TestSupport
import Testing

@Suite struct StoreTests {
    @Test func `a missing index cannot be read`() throws {
        let folder = try TemporaryFolder()
        #expect(throws: StoreError.noIndex(path: folder.path + "/lore.db")) {
            try Store(path: folder.path + "/lore.db", access: .readOnly)
        }
    }
}
