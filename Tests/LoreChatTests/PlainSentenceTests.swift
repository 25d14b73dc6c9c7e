import LoreChat
import Testing

@Suite struct PlainSentenceTests {
    @Test(arguments: [
        ("- first item", Sentence.Kind.listItem, "first item"),
        ("12) twelfth", .listItem, "twelfth"),
        ("* [x] done", .listItem, "done"),
        ("+ [ ] to do", .listItem, "to do"),
        ("A later sentence.", .listItem, "A later sentence."),
        ("## Title ##", .heading, "Title"),
        ("| Model | 128k tokens |  |", .tableRow, "Model · 128k tokens"),
        ("> quoted\n>   text", .prose, "quoted text"),
        ("wrapped\r\n  line", .prose, "wrapped line"),
        ("**Bold** and `code` - stay", .prose, "**Bold** and `code` - stay"),
        ("-", .listItem, "-"),
    ])
    func `marks of blocks are dropped, words stay`(
        _ quote: String, _ kind: Sentence.Kind, _ text: String
    ) {
        #expect(PlainSentence.text(of: quote, kind: kind) == text)
    }
}
