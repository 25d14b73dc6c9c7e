import LoreCore
import LoreIngest
import Testing

@Suite struct HTMLReaderTests {
    private func outline(_ body: String) throws -> [String] {
        try note("<!DOCTYPE html><html><body>\(body)</body></html>", as: .html).outline
    }

    @Test func `a page becomes headings, paragraphs, lists, tables, code and quotes`() throws {
        let page = try note(
            """
            <!DOCTYPE html><html><head><meta charset="utf-8"><title>Tea &amp; more</title>
            <meta name="keywords" content="tea, hot  water, tea">
            <meta property="article:published_time" content="2026-03-04T05:06:07Z">
            <style>p { color: red }</style><script>var x = "<p>no</p>"</script></head>
            <body><h1>Green <em>tea</em></h1>
            <p>Water at
               80&nbsp;degrees.<br>Then wait.</p>
            <ul><li>One<li>Two <b>bold</b><ul><li>Inner</li></ul></li></ul>
            <ol><li><p>First</p><p>more</p></li><li>Second</li></ol>
            <table><thead><tr><th>Tea<th>Degrees</tr></thead>
            <tr><td>Green<td>80</tr><tr><td>Black<br>tea</td><td>95</td></tr></table>
            <pre>if a &lt; b {
                pour()
            }</pre><blockquote><p>Said<p>they</blockquote>
            <dl><dt>Oolong<dd>Between the two</dl>
            </body></html>
            """, as: .html, path: "tea.html")
        #expect(
            page.outline == [
                "h1 Green tea: # Green tea",
                "paragraph: Water at 80 degrees.\nThen wait.",
                "list: - One\n- Two bold\n  - Inner",
                "list: 1. First\n  more\n2. Second",
                "table: Tea | Degrees\nGreen | 80\nBlack tea | 95",
                "code: if a < b {\n    pour()\n}",
                "quote: > Said", "quote: > they",
                "list: Oolong\n: Between the two",
            ])
        #expect(page.document.title == "Tea & more")
        #expect(page.document.tags == ["tea", "hot water"])
        #expect(page.document.date == "2026-03-04")
        #expect(page.document.isConverted)
    }

    @Test func `items are where a list may be cut, and the head row is what every part needs`()
        throws
    {
        let page = try note(
            "<ul><li>a<li>b</ul><table><tr><th>x<th>y<tr><td>1<td>2</table>", as: .html)
        #expect(page.string == "- a\n- b\n\nx | y\n1 | 2\n")
        #expect(page.blocks.map(\.itemStarts) == [[4], [15]])
        #expect(page.blocks.map(\.lead) == [nil, 9..<14])
    }

    @Test(arguments: [
        "<nav>no</nav><p>yes</p>", "<footer>no</footer><p>yes</p>", "<aside>no</aside><p>yes</p>",
        "<header><p>no</p></header><p>yes</p>", "<div role=navigation>no</div><p>yes</p>",
        "<p>yes</p><button>no</button><select><option>no</select>", "<p hidden>no</p><p>yes</p>",
        "<div aria-hidden=true>no</div>yes", "<p style='display: none'>no</p>yes",
        "<svg><title>no</title></svg>yes", "<noscript>no</noscript>yes",
        "<template><p>no</p></template>yes", "<script>document.write('<p>no</p>')</script>yes",
        "<nav><div><nav>no</nav>no</div>no</nav>yes", "<!-- no -->yes", "<style>no</style>yes",
        "<p>no</p><main>yes</main><p>no</p>",
        "<p>no</p><article>yes</article>", "<p>no</p><div role=main>yes</div>",
        "<main><nav>no</nav>yes<script>no</script></main>",
    ])
    func `what decorates a page is dropped`(body: String) throws {
        #expect(try outline(body) == ["paragraph: yes"])
    }

    @Test func `a form's text stays, a header's headings stay, an article keeps what it holds`()
        throws
    {
        #expect(
            try outline("<form><p>All of an old page</p><input value=no></form>")
                == ["paragraph: All of an old page"])
        #expect(try outline("<header><h1>T</h1>no</header>yes") == ["h1 T: # T", "paragraph: yes"])
        #expect(
            try outline("<article><header>by me</header>text<aside>note</aside></article>")
                == ["paragraph: by me", "paragraph: text", "paragraph: note"])
    }

    @Test func `a main element with hardly any of the text does not hide the rest`() throws {
        #expect(try outline("<main>x</main><p>all the text of the page</p>").count == 2)
    }

    @Test func `a table that sets out the page is not one`() throws {
        #expect(
            try outline(
                "<table><tr><td><h2>Head</h2><p>one</p><table><tr><td>a<td>b</table></td></tr>"
                    + "<tr><td>last</td></tr></table>")
                == ["h2 Head: ## Head", "paragraph: one", "table: a | b", "paragraph: last"])
        #expect(try outline("<table><tr><td>one<tr><td>two</table>") == ["paragraph: one\ntwo"])
    }

    @Test(arguments: [
        ("<title>A</title><h1>B</h1>", "A"), ("<h1>B <i>c</i></h1>", "B c"), ("<p>text", "page"),
        ("<title> </title><h2>B</h2>", "page"),
    ])
    func `the title is the page's, else its first top heading, else the file's name`(
        html: String, title: String
    ) throws {
        #expect(try note(html, as: .html, path: "page.html").document.title == title)
    }

    @Test func `a page is read in the encoding that it names, but UTF-8 wherever it is that`()
        throws
    {
        let latin = Array("<meta charset='iso-8859-1'><p>caf".utf8) + [0xE9, 0x20, 0x93]
        #expect(try note(latin, as: .html).outline == ["paragraph: café “"])
        let http = "<meta http-equiv=Content-Type content='text/html; charset=koi8-r'><p>"
        #expect(try note(Array(http.utf8) + [0xD7], as: .html).outline == ["paragraph: в"])
        #expect(
            try note("<meta charset=iso-8859-1><p>café 李", as: .html).outline
                == ["paragraph: café 李"])
        #expect(try note("<p>café 李", as: .html).outline == ["paragraph: café 李"])
        #expect(
            throws: IngestError.looksLikeLatin1(path: "n", encoding: "Latin-1")
        ) { try note(Array("<p>Le caf".utf8) + [0xE9], as: .html) }
        #expect(throws: IngestError.unknownEncoding(path: "n", encoding: "nonsense")) {
            try note(Array("<meta charset=nonsense>".utf8) + [0xE9], as: .html)
        }
    }

    @Test func `a page in UTF-16 is read, whatever it says of itself`() throws {
        let bytes = "<meta charset=utf-16><p>é".utf16.flatMap {
            [UInt8($0 & 0xFF), UInt8($0 >> 8)]
        }
        #expect(try note([0xFF, 0xFE] + bytes, as: .html).outline == ["paragraph: é"])
    }

    @Test(arguments: [
        "<b><i>x</b></i>", "</p></div>x", "<p>x<table>", "<ul><li>x</ul></ul></li>", "<td>x</td>",
        "<li>x", "<pre>x", "<blockquote>x", "<h1", "<p>x<!-- ", "x<![CDATA[y]]>", "<a href=\"x",
        "&#0;&#xFFFFFFF;&nope;x", "<table><tr><td><pre>x</table>y", "<title>x", "<p/>x<br/>",
    ])
    func `careless pages are read, and every word that is text is kept`(html: String) throws {
        let page = try note(html, as: .html)
        for block in page.blocks {
            #expect(!String(decoding: page.text[block.range.bytes], as: UTF8.self).isEmpty)
        }
        if !html.hasPrefix("<h1"), !html.hasPrefix("<a"), !html.hasPrefix("<title") {
            #expect(page.string.contains("x"))
        }
    }

    @Test func `a page without text is a note without blocks`() throws {
        for html in ["", " \n", "<html></html>", "<nav>a</nav>"] {
            #expect(try note(html, as: .html).blocks.isEmpty)
        }
    }
}
