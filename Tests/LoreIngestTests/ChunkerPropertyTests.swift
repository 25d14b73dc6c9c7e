import LoreCore
import LoreIngest
import Testing

/// What holds of the chunks of every note, tried on notes made at random.
@Suite struct ChunkerPropertyTests {
    private static let counter = EstimatedTokenCounter()

    @Test(arguments: [24, 60, 200]) func `random notes`(maxTokens: Int) throws {
        for seed in 0..<40 as Range<UInt64> {
            var generator = GeneratedMarkdown(seed: seed)
            try check(generator.note(), maxTokens: maxTokens, "seed \(seed)")
        }
    }

    @Test(arguments: GeneratedText.formats, [24, 60, 200])
    func `random files of each format`(format: DocumentFormat, maxTokens: Int) throws {
        for seed in 0..<15 as Range<UInt64> {
            var generator = GeneratedText(format: format, seed: seed)
            let path = format == .sourceCode ? "n.py" : "n"
            try check(
                generator.file(), [(path, format)], maxTokens: maxTokens, "\(format) seed \(seed)")
        }
    }

    @Test(arguments: [
        ("one line", String(repeating: "word ", count: 40_000)),
        ("one word", String(repeating: "x", count: 200_000)),
        ("one CJK line", String(repeating: "漢字", count: 30_000)),
        ("blank lines", "a" + String(repeating: "\n", count: 100_000) + "b"),
        ("blank lines after an item", "- a" + String(repeating: "\n \n", count: 30_000) + "- b"),
        ("spaces", "a" + String(repeating: " ", count: 100_000) + "b"),
        ("nested quotes", String(repeating: ">", count: 10_000) + " a\nlazy\n"),
        ("nested items", String(repeating: "- ", count: 10_000) + "a\n"),
        ("stairs", (0..<300).map { String(repeating: "  ", count: $0) + "- a\n" }.joined()),
        (
            "quotes and lazy lines",
            String(repeating: ">", count: 5_000) + "a\n" + String(repeating: "b\n", count: 5_000)
        ),
        ("brackets", String(repeating: "[", count: 50_000)),
        ("comments", String(repeating: "<!-- ", count: 10_000)),
        ("emphasis", String(repeating: "*a **a ", count: 10_000)),
        ("links", String(repeating: "[a](", count: 10_000)),
        (
            "columns",
            String(repeating: "|a", count: 5000) + "\n" + String(repeating: "|-", count: 5000)
                + "\n" + String(repeating: "|\n", count: 5_000)
        ),
        ("dots", String(repeating: ".", count: 100_000)),
        ("headings", String(repeating: "# h\n", count: 5_000)),
        ("definitions", String(repeating: "[a]: b\n", count: 5_000)),
        ("backticks", (1...300).map { String(repeating: "`", count: $0) }.joined(separator: " ")),
        ("marks", "e" + String(repeating: "\u{301}", count: 20_000)),
        ("carriage returns", String(repeating: "a\r", count: 20_000)),
        ("sections", (0..<2_000).map { "## \($0)\n\ntext\n\n" }.joined()),
    ])
    func `input made to be slow`(name: String, text: String) throws {
        try check(text, maxTokens: 200, name)
        for format in GeneratedText.formats {
            let text = String(decoding: text.utf8.prefix(10_000), as: UTF8.self)
            try check(text, [("n.py", format)], maxTokens: 200, "\(name) as \(format)")
        }
    }

    private func check(
        _ text: String,
        _ formats: [(path: String, DocumentFormat)] = [("n.md", .markdown), ("n.txt", .plainText)],
        maxTokens: Int, _ label: String
    ) throws {
        for (path, format) in formats {
            let bytes = Array(text.utf8)
            let note = try DocumentReader(maxFileBytes: bytes.count)
                .document(path: path, format: format, bytes: bytes)
            let chunker = Chunker(counter: Self.counter, maxTokens: maxTokens)
            let chunks = chunker.chunks(of: note)
            let failure = NoteInvariants(maxTokens: maxTokens).failure(of: note, bytes: bytes)
            #expect(failure == nil, "\(label)")
            checkHeadings(chunks, of: note, maxTokens: maxTokens, label)
            #expect(Set(chunks.map(\.id)).count == chunks.count, "\(label)")
        }
    }

    /// Where a chunk ends with a heading that leaves text some room, no text follows it.
    private func checkHeadings(
        _ chunks: [Chunk], of note: ReadDocument, maxTokens: Int, _ label: String
    ) {
        var followedByText: [Int: Range<Int>] = [:]
        for (block, next) in zip(note.blocks, note.blocks.dropFirst()) {
            if case .heading = block.kind {
                if case .heading = next.kind { continue }
                followedByText[block.range.bytes.upperBound] = block.range.bytes
            }
        }
        for chunk in chunks {
            guard let heading = followedByText[chunk.range.bytes.upperBound] else { continue }
            let path = count(
                Chunk.embeddedText(
                    title: note.document.title, heading: chunk.heading, date: note.document.date,
                    text: ""))
            let room = max(maxTokens - path, maxTokens / 4)
            let tokens = count(String(decoding: note.text[heading], as: UTF8.self))
            #expect(tokens > room / 2, "\(label): a heading ends \(chunk.range)")
        }
    }

    private func count(_ text: String) -> Int {
        var text = text
        return text.withUTF8 { Self.counter.countTokens($0) }
    }
}
