import LoreCore
import LoreIngest
import Testing

@Suite struct NoteLinksTests {
    private func note(
        _ path: String, title: String = "-", aliases: [String] = []
    ) -> Document {
        Document(
            path: path, format: .markdown, title: title, aliases: aliases,
            contentHash: ContentHash(bytes: [UInt8](repeating: 0, count: 32)))
    }

    private func links(_ text: String, at path: String = "ops/own.md") -> NoteLinks {
        NoteLinks(text: text, path: path)
    }

    @Test(arguments: [
        "[[tea]]", "see [[Tea]].", "[[tea|the drink]]", "[[tea#Steeping]]", "![[tea.md]]",
        "| [[tea\\|drink]] |", "[[kitchen/tea]]", "[[ kitchen/tea ]]", "[[Green Tea]]", "[[Cha]]",
        "[[../kitchen/tea]]", "[x](../kitchen/tea.md)", "[x](/kitchen/tea.md#top)",
        "[x](<../kitchen/tea.md>)", "[x](../kitchen/t%65a.md \"title\")", "![x](../kitchen/tea)",
        "[a]: ../kitchen/tea.md", "[[file:../kitchen/tea.md::*Top][tea]]", "`code` [[tea]]",
        "```\nx\n```\n[[tea]]", "[a [b](../kitchen/tea.md)](x)",
    ])
    func `each way of writing a link leads to the note`(text: String) {
        let tea = note("kitchen/tea.md", title: "Green tea", aliases: ["Cha"])

        #expect(links(text).lead(to: tea))
        #expect(!links(text).lead(to: note("kitchen/bread.md", title: "Bread")))
    }

    @Test(arguments: [
        "tea", "[tea]", "[[te]]", "[[a/tea]]", "[x](tea.md)", "[x](https://kitchen/tea.md)",
        "[x](#tea)", "`[[tea]]`", "``a ` [[tea]]``", "```\n[[tea]]\n```", "~~~\n[[tea]]", "[[]]",
        "[x]()", "[x](", "[[tea", "[^tea]: ../kitchen/tea.md", "mailto:tea", "[x](mailto:tea.md)",
    ])
    func `what is no link, or another's, does not`(text: String) {
        #expect(!links(text).lead(to: note("kitchen/tea.md", title: "Green tea")))
    }

    @Test func `a name that two notes bear leads to both`() {
        let found = links("[[tea]]")

        #expect(found.lead(to: note("tea.md")))
        #expect(found.lead(to: note("old/tea.md")))
    }

    @Test func `parentheses in a path are part of it where they match`() {
        #expect(links("([x](a(1).md))").lead(to: note("ops/a(1).md")))
    }
}
