import Lore
import Testing

@Suite struct NoteLocationTests {
    @Test(
        arguments: [
            ("a.md", "a.md", nil), ("a.md:3", "a.md", 3...3), ("a.md:3-9", "a.md", 3...9),
            ("a:3.md", "a:3.md", nil), ("a.md:0", "a.md:0", nil), ("a.md:9-3", "a.md:9-3", nil),
            ("a.md:", "a.md:", nil), ("a.md:-3", "a.md:-3", nil), ("a.md:+3", "a.md:+3", nil),
            ("b:7:3", "b:7", 3...3),
        ] as [(String, String, ClosedRange<Int>?)])
    func `only a range of lines is cut off a path`(
        text: String, path: String, lines: ClosedRange<Int>?
    ) {
        #expect(NoteLocation(parsing: text) == NoteLocation(path: path, lines: lines))
    }
}
