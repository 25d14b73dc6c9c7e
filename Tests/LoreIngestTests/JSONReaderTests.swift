import LoreCore
import LoreIngest
import Testing

@Suite struct JSONReaderTests {
    /// An array of elements, too large to be kept with others.
    private let leaves =
        "["
        + (1...20).map { "{\"leaf\": \($0), \"words\": \"green and hot\"}" }.joined(separator: ", ")
        + "]"

    @Test func `small members are kept together, a large one stands under its key`() throws {
        let text = "{\n  \"a\": 1,\n  \"leaf\\u00e9\": \(leaves),\n  \"b\": {},\n  \"c\": [2]\n}\n"
        #expect(
            try note(text, as: .json).outline == [
                "code: {\n  \"a\": 1,", "h1 leafé: \"leaf\\u00e9\"", "code: : \(leaves),",
                "h1 :   \"b\"", "code: : {},\n  \"c\": [2]\n}",
            ])
    }

    @Test func `a large member that comes first or last takes the brackets`() throws {
        #expect(
            try note("{\"x\": \(leaves)}", as: .json).outline == [
                "h1 x: {\"x\"", "code: : \(leaves)}",
            ])
    }

    @Test func `elements are blocks where they are large, and places to cut`() throws {
        let text = "[1, \(leaves), {\"b\": 2}]"
        let read = try note(text, as: .json)
        #expect(read.outline == ["code: [1,", "code: \(leaves),", "code:  {\"b\": 2}]"])
        let starts = read.blocks[1].itemStarts
        // At least 64 bytes lie between two, so every second element of 42 after the first is one.
        #expect(starts.count == 9)
        #expect(starts.allSatisfy { read.text[$0] == UInt8(ascii: "{") })
    }

    @Test(arguments: [
        ("{\"title\": \"Tea \\u00e9\\n x\", \"name\": \"n\"}", "Tea é x"),
        ("{\"name\": \"N\"}", "N"),
        ("{\"x\": {\"title\": \"no\"}}", "n"), ("{\"title\": 1}", "n"), ("{\"title\": \"\"}", "n"),
        ("[{\"title\": \"no\"}]", "n"), ("{\"title\": \"\\ud800\"}", "n"),
    ])
    func `the title is a string of that key, else of "name"`(text: String, title: String) throws {
        #expect(try note(text, as: .json, path: "n.json").document.title == title)
    }

    @Test(arguments: [
        "{", "[1,]", "{\"a\": 1,}", "{\"a\" 1}", "[1 2]", "\"a", "[\"\\x\"]", "01x", "-", "[1]]",
        "{]",
        "// c\n{}", "{} {}", "tru", "1.", "[\"\u{1}\"]", "{a: 1}",
    ])
    func `what is not JSON is text, and told`(text: String) throws {
        let read = try note(text, as: .json)
        #expect(read.notice == "it is not valid JSON and was indexed as text")
        #expect(read.outline == ["paragraph: \(text)"])
    }

    @Test(arguments: ["1", "\"a\"", "null", "[]", "{}", "-1.5e+3", " [ [ ] , { } ] "])
    func `any value is JSON`(text: String) throws {
        let read = try note(text, as: .json)
        #expect(read.notice == nil)
        #expect(read.blocks.map(\.kind) == [.code])
    }

    @Test func `nesting costs no stack, and many values little memory`() throws {
        let deep = String(repeating: "[", count: 300_000) + String(repeating: "]", count: 300_000)
        #expect(try note(deep, as: .json).notice == nil)
        let wide = "[" + String(repeating: "1,", count: 300_000) + "1]"
        #expect(try note(wide, as: .json).blocks.count == 1)
    }
}

@Suite struct JSONLinesReaderTests {
    @Test func `small lines are kept together, a large one is a block cut at its members`() throws {
        let large = "{\"a\": \"\(String(repeating: "x", count: 1100))\", \"b\": 1}"
        let read = try note("{\"c\": 1}\n\n[2]\n\(large)\n3\n", as: .jsonLines)
        #expect(read.outline == ["table: {\"c\": 1}\n\n[2]", "code: \(large)", "table: 3"])
        #expect(read.blocks[1].itemStarts == [14 + 1110])
        #expect(read.notice == nil)
    }

    @Test func `lines that are not JSON are text, and counted`() throws {
        let read = try note("{\"a\": 1}\nno\n{\n", as: .jsonLines)
        #expect(read.notice == "2 of its lines are not JSON and were indexed as text")
        #expect(read.outline == ["table: {\"a\": 1}\nno\n{"])
        #expect(
            try note("no", as: .jsonLines).notice
                == "1 of its lines is not JSON and was indexed as text")
    }
}
