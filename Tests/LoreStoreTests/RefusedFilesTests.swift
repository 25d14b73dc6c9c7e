import LoreStore
import TestSupport
import Testing

@Suite struct RefusedFilesTests {
    private func refused(_ path: String, reason: String = "is binary") -> RefusedFile {
        RefusedFile(path: path, file: testStamp(size: 7), reason: reason, isLasting: true)
    }

    @Test func `refused files are remembered as they were, and forgotten when they are left out`()
        throws
    {
        let test = try TestStore()
        let files = [refused("a.md"), refused("\u{E9}.md", reason: "is 'odd'")]
        try test.store.remember(files, refusedIn: test.notes)
        #expect(try test.store.read { try $0.refusedFiles(of: test.notes) } == files)

        try test.store.remember([files[1]], refusedIn: test.notes)
        #expect(try test.store.read { try $0.refusedFiles(of: test.notes) } == [files[1]])
    }

    @Test func `remembering the same writes nothing`() throws {
        let test = try TestStore()
        try test.store.remember([refused("a.md")], refusedIn: test.notes)
        let before = try test.store.read { try $0.generation() }
        try test.store.remember([refused("a.md")], refusedIn: test.notes)
        #expect(try test.store.read { try $0.generation() } == before)
    }

    @Test func `a removed folder's refused files go with it`() throws {
        let test = try TestStore()
        try test.store.remember([refused("a.md")], refusedIn: test.notes)
        try test.store.removeFolder("notes")
        #expect(try test.store.read { try $0.refusedFiles(of: test.notes) }.isEmpty)
    }
}
