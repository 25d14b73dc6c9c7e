import LoreCore
import LoreIngest
import Testing

/// Files that are made to take time, memory or stack out of proportion: what they hold is read, or
/// they are refused, and either way it takes no longer than others of their size.
@Suite struct HostileInputTests {
    @Test func `a million nested tags`() throws {
        let html = "<div>".repeated(1_000_000) + "x"
        #expect(try note(html, as: .html).string == "x\n")
    }

    @Test(arguments: [
        "b", "ul", "li", "table", "td", "blockquote", "font", "p", "nope", "pre", "main", "nav",
        "select", "form", "a", "h1", "object", "frameset", "dl",
    ])
    func `nested tags of every kind`(tag: String) throws {
        let html = "<\(tag)>".repeated(30_000) + "x"
        #expect(try note(html, as: .html).string.utf8.count < 10_000)
    }

    @Test func `nested tags of many kinds, closed in the wrong order`() throws {
        let tags = ["div", "b", "table", "tr", "td", "ul", "li", "nope", "blockquote", "p", "i"]
        let open = (0..<100_000).map { "<\(tags[$0 * 7 % tags.count])>" }.joined()
        let close = (0..<100_000).map { "</\(tags[$0 * 5 % tags.count])>" }.joined()
        #expect(try note(open + "words" + close, as: .html).string.contains("words"))
    }

    @Test func `text below the nesting that is looked at is kept`() throws {
        let html = String(repeating: "<div>", count: 5_000) + "deep" + "<p>deeper</p>"
        let page = try note(html, as: .html)
        #expect(page.string == "deep\ndeeper\n")
    }

    @Test func `end tags of elements that are not open`() throws {
        let open = String(repeating: "<i>", count: 2_000)
        let html = open + String(repeating: "</b>", count: 200_000) + "x"
        #expect(try note(html, as: .html).string == "x\n")
    }

    @Test func `a tag with more attributes than any that is meant is refused`() throws {
        let attributes = (0..<100_000).map { "a\($0)" }.joined(separator: " ")
        #expect(
            throws: IngestError.malformed(path: "n", reason: "a tag has more than 512 attributes")
        ) { try note("<p \(attributes)>x", as: .html) }
        // The quote ends where the next tag begins one.
        #expect(throws: IngestError.self) { try note("<a b='".repeated(1_000), as: .html) }
        // A script is no tag, and a long value is one attribute.
        let script = "<script>\("<a b c d ".repeated(100_000))</script>x"
        #expect(try note(script, as: .html).string == "x\n")
        let image = "<img alt='\("a b ".repeated(100_000))'>x"
        #expect(try note(image, as: .html).string == "x\n")
    }

    @Test(arguments: [
        "<", "<a", "</", "<!--", "<![", "<?", "&", "&#", "<script>", "<table><tr>",
        "<td>x",
        "<ul><li>x", "<title>", "<li>x</ul>", "<style></", "<br>", "\u{A0}",
        "<meta name=keywords content=a>",
    ])
    func `the same few bytes of HTML over and over`(piece: String) throws {
        let page = try note(piece.repeated(100_000 / piece.utf8.count), as: .html)
        #expect(page.text.count < 1_000_000)
    }

    @Test func `mail within mail, parts within parts`() throws {
        let nested = String(
            repeating: "Content-Type: message/rfc822\n\nSubject: s\n", count: 20_000)
        #expect(try note(nested + "\n\nx", as: .email).string.utf8.count < 100_000)
        let parts = (0..<5_000).map {
            "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n"
        }
        #expect(try note(parts.joined(), as: .email).string.utf8.count < 100_000)
        let many = "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n".repeated(100_000)
        #expect(try note(many, as: .email).blocks.count <= 1_000)
    }

    @Test(arguments: [
        "a", "a:", "a:b\n", " \n", "=?", "=?utf-8?q?", "=?utf-8?q?a?= ", "\n", ";\"", "\r",
    ])
    func `the same few bytes of mail over and over`(piece: String) throws {
        for start in ["", "Subject: ", "Content-Type: "] {
            for format in [.email, .mailbox] as [DocumentFormat] {
                let prefix = format == .mailbox ? "From a 10:00\n" : ""
                let mail = try note(prefix + start + piece.repeated(10_000), as: format)
                #expect(mail.text.count < 1_000_000)
            }
        }
    }

    @Test func `a notebook of 50 MB of pictures is read for its words`() throws {
        let picture =
            #"{"output_type":"display_data","data":{"image/png":"PNG","text/plain":["p"]}}"#
        let big = picture.replacing("PNG", with: "iVBO".repeated(1_250_000))
        let code = #"{"cell_type":"code","source":"plot()","outputs":[\#(big)]}"#
        let cells = Array(repeating: code, count: 10).joined(separator: ",")
        let read = try note(#"{"cells":[\#(cells)]}"#, as: .notebook)
        #expect(read.string == "plot()\n\np\n\n".repeated(10).dropLast())
    }

    @Test func `a notebook nested without end is refused`() {
        for text in ["[".repeated(1_000_000), #"{"cells":"#.repeated(100_000)] {
            #expect(throws: IngestError.malformed(path: "n", reason: "it is not JSON")) {
                try note(text, as: .notebook)
            }
        }
    }
}

extension String {
    fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
