import Testing

@testable import Lore

@Suite struct PathCursorTests {
    @Test func `paths are found by their bytes, and the others are passed over`() {
        var cursor = PathCursor(["a", "b", "d", "e\u{301}", "\u{E9}"], path: \.self)

        #expect(cursor.take("b") == "b")
        #expect(cursor.take("c") == nil)
        #expect(cursor.take("\u{E9}")?.unicodeScalars.count == 1)
        #expect(cursor.passed.map(\.unicodeScalars.count) == [1, 1, 2])
        #expect(cursor.passed == ["a", "d", "e\u{301}"])
    }

    @Test func `nothing asked for leaves all`() {
        #expect(PathCursor(["a", "b"], path: \.self).passed == ["a", "b"])
    }
}
