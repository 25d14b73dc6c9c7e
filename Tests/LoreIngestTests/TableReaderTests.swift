import LoreCore
import LoreIngest
import Testing

@Suite struct TableReaderTests {
    private func lead(_ read: ReadDocument) -> String? {
        read.blocks.first?.lead.map { String(decoding: read.text[$0], as: UTF8.self) }
    }

    @Test func `a file is one table whose first row is its lead`() throws {
        let read = try note("\n\nname,note\r\ntea,hot\r\n\r\nwater,cold\r\n", as: .csv)
        #expect(read.outline == ["table: name,note\r\ntea,hot\r\n\r\nwater,cold"])
        #expect(lead(read) == "name,note")
        #expect(read.blocks.first?.itemStarts.isEmpty == true)
        #expect(read.blocks.first?.range.lines == 3...6)
    }

    @Test func `a quoted value may hold line breaks and quotation marks`() throws {
        let read = try note("\"a\nb\",c\n\"x \"\"y\"\"\n\nz\",1\n5\" disk,\"2\"\n", as: .csv)
        #expect(read.outline.count == 1)
        // Rows start after `"a\nb",c\n` and after the three lines of the next.
        #expect(read.blocks.first?.itemStarts == [8, 23])
        #expect(lead(read) == "\"a\nb\",c")
        #expect(read.notice == nil)
    }

    @Test(arguments: [
        ("a;b\n\"1\n2\";3\n4;5\n", 4, [4, 12]), ("a\tb\n\"1\n2\"\t3\n4\t5\n", 4, [4, 12]),
        ("sep=;\na;b\n\"1\n2\";3\n", 3, [6, 10]),
    ])
    func `semicolons and tabs part values too`(text: String, lines: Int, starts: [Int]) throws {
        let read = try note(text, as: .csv)
        #expect(read.blocks.map(\.itemStarts) == [starts])
        #expect(lead(read)?.utf8.count == 3)
    }

    @Test func `where a quotation mark is never closed, each line is a row`() throws {
        let read = try note("a,b\n\"1,2\n3,4\n", as: .csv)
        #expect(read.notice == "a quotation mark is never closed, so each line was taken for a row")
        #expect(read.outline == ["table: a,b\n\"1,2\n3,4"])
        #expect(read.blocks.first?.itemStarts.isEmpty == true)
    }

    @Test func `a long table is cut between rows, quoted line breaks or not, and keeps its head`()
        throws
    {
        let text = "name,note\n" + (1...6).map { "t\($0) x,\"y\ny\"\n" }.joined()
        let chunks = Chunker(counter: WordCounter(), maxTokens: 8)
            .chunks(of: try note(text, as: .csv))
        #expect(
            chunks.map(\.text) == [
                "name,note\nt1 x,\"y\ny\"\nt2 x,\"y\ny\"", "t3 x,\"y\ny\"\nt4 x,\"y\ny\"",
                "t5 x,\"y\ny\"\nt6 x,\"y\ny\"",
            ])
        #expect(chunks.map(\.lead) == ["", "name,note", "name,note"])
    }

    @Test(arguments: [
        String(repeating: "x,", count: 200_000),
        "a,b\n\"" + String(repeating: "y", count: 200_000),
        "a,b\n" + String(repeating: "\"\"\"", count: 60_000),
    ])
    func `a row of megabytes is cut like any long text`(text: String) throws {
        let chunks = Chunker(counter: EstimatedTokenCounter(), maxTokens: 200)
            .chunks(of: try note(text, as: .csv))
        #expect(chunks.reduce(0) { $0 + $1.text.utf8.count } <= text.utf8.count)
        #expect(chunks.allSatisfy { $0.lead.utf8.count < 400 })
    }
}
