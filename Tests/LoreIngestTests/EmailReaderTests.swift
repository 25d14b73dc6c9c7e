import LoreCore
import LoreIngest
import Testing

@Suite struct EmailReaderTests {
    @Test func `a message is its headers, then its text`() throws {
        let mail = try note(
            "Received: from somewhere\r\nFrom: Ana <ana@example.org>\r\nTo: Bo\r\n <bo@example.org>\r\n"
                + "Subject: =?utf-8?Q?Tee_f=C3=BCr?= =?utf-8?B?IGFsbGU=?=\r\n"
                + "Date: Tue, 03 Mar 2026 23:30:00 -0800\r\n\r\nFirst.\r\n\r\n> quoted\r\n",
            as: .email, path: "m.eml")
        #expect(
            mail.outline == [
                "paragraph: From: Ana <ana@example.org>\nTo: Bo <bo@example.org>\n"
                    + "Date: Tue, 03 Mar 2026 23:30:00 -0800\nSubject: Tee für alle",
                "paragraph: First.", "paragraph: > quoted",
            ])
        #expect(mail.document.title == "Tee für alle")
        #expect(mail.document.date == "2026-03-03")
        #expect(mail.document.isConverted)
    }

    @Test(
        arguments: [
            ("utf-8", "8bit", Array("süß 李".utf8), "süß 李"),
            ("iso-8859-1", "8bit", [0x73, 0xFC, 0xDF], "süß"),
            ("windows-1252", "8bit", [0x93, 0xFC, 0x94, 0x80], "“ü”€"),
            ("koi8-r", "8bit", [0xD7, 0xC1], "ва"),
            ("utf-8", "quoted-printable", Array("s=C3=BC=\r\n=C3=9F =3D  \r\n".utf8), "süß ="),
            ("iso-8859-15", "base64", Array("c/zf\r\nIKQ=\r\n".utf8), "süß €"),
            ("\"utf-8\"", "BASE64", Array("c8O8w58".utf8), "süß"),
            ("no-such-set", "8bit", Array("süß".utf8), "süß"),
            ("no-such-set", "8bit", [0x73, 0xFC, 0xDF], "süß"),
            ("us-ascii", "7bit", [0x73, 0xFC], "sü"),
            ("utf-8", "quoted-printable", Array("100=ZZ =".utf8), "100=ZZ"),
        ] as [(String, String, [UInt8], String)])
    func `a body is read in its encoding and character set`(
        charset: String, encoding: String, body: [UInt8], text: String
    ) throws {
        let head =
            "Content-Type: text/plain; charset=\(charset)\nContent-Transfer-Encoding: \(encoding)\n\n"
        #expect(try note(Array(head.utf8) + body, as: .email).outline == ["paragraph: \(text)"])
    }

    @Test func `of two forms of a text the plain one is read, and attachments are named`() throws {
        let mail = try note(
            """
            Subject: s
            Content-Type: multipart/mixed; boundary="=_a; b"

            Preamble for old programs.
            --=_a; b
            Content-Type: multipart/alternative; boundary=inner

            --inner
            Content-Type: text/html

            <p>no</p>
            --inner
            Content-Type: text/plain

            plain
            --inner--
            --=_a; b
            Content-Type: application/pdf
            Content-Disposition: attachment; filename*=utf-8''f%C3%BCr%20alle.pdf
            Content-Transfer-Encoding: base64

            JVBERi0xLjQK
            --=_a; b
            Content-Type: image/png; name="logo.png"

            xx
            --=_a; b
            Content-Type: text/plain

            second
            --=_a; b--
            Epilogue.
            """, as: .email)
        #expect(
            mail.outline == [
                "paragraph: Subject: s", "paragraph: plain", "paragraph: Attachment: für alle.pdf",
                "paragraph: Attachment: logo.png", "paragraph: second",
            ])
    }

    @Test func `a text that is only there as HTML is read as HTML`() throws {
        let html = "<style>p{}</style><h1>Hi</h1><p>caf=E9</p><table><tr><td>a<td>b</table>"
        let mail = try note(
            """
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain


            --b
            Content-Type: text/html; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            \(html)
            --b--
            """, as: .email)
        #expect(mail.outline == ["h1 Hi: # Hi", "paragraph: café", "table: a | b"])
    }

    @Test func `a message that was forwarded inside another is read with its headers`() throws {
        let mail = try note(
            """
            Subject: Fwd
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: message/rfc822

            Subject: inner
            From: c@example.org

            words
            """, as: .email)
        #expect(
            mail.outline == [
                "paragraph: Subject: Fwd", "paragraph: From: c@example.org\nSubject: inner",
                "paragraph: words",
            ])
    }

    @Test(arguments: [
        ("=?utf-8?B?5p2O?= =?utf-8?B?5p2O?=", "李李"),
        // One character in two words.
        ("=?utf-8?B?5p0=?= =?utf-8?B?jg==?=", "李"),
        ("a =?iso-8859-1?q?=FC?= b", "a ü b"), ("=?iso-8859-1*en?q?=FC?=", "ü"),
        ("=?utf-8?x?a?=", "=?utf-8?x?a?="), ("=?utf-8?q?a", "=?utf-8?q?a"), ("süß", "süß"),
        ("=?nope?q?a=20b?=", "a b"),
    ])
    func `words of a header are decoded, and what only looks like them is not`(
        raw: String, text: String
    ) throws {
        #expect(try note("Subject: \(raw)\n\n", as: .email).document.title == text)
    }

    @Test(arguments: [
        ("Tue, 3 Mar 2026 10:00:00 +0000", "2026-03-03"), ("3 Mar 99 10:00 GMT", "1999-03-03"),
        ("31 Dec 2025", "2025-12-31"), ("Tue, 30 Feb 2026 10:00", nil), ("yesterday", nil),
        ("Tue Mar 3 10:00:00 2026", nil), ("03-Mar-2026", "2026-03-03"),
        ("2026-03-04 10:00", "2026-03-04"),
    ])
    func `the date is the day of the header`(header: String, day: String?) throws {
        #expect(try note("Date: \(header)\n\nx", as: .email).document.date == day)
    }

    @Test func `text without headers is text`() throws {
        #expect(try note("just words\n", as: .email).outline == ["paragraph: just words"])
        #expect(try note("", as: .email).blocks.isEmpty)
    }

    @Test func `a mailbox has a heading for each message and tells separators from prose`() throws {
        let box = try note(
            """
            From ana@example.org Tue Mar  3 10:00:00 2026
            Subject: One
            From: ana@example.org

            From here on it is prose.

            From now on: too.
            >From an escaped line.

            From bo@example.org Wed Mar  4 10:00:00 2026
            Content-Type: text/html

            <h1>Inside</h1><p>words

            From bo@example.org Wed Mar  4 11:00:00 2026
            """, as: .mailbox, path: "in.mbox")
        #expect(
            box.outline == [
                "h1 One: # One", "paragraph: From: ana@example.org\nSubject: One",
                "paragraph: From here on it is prose.",
                "paragraph: From now on: too.\nFrom an escaped line.",
                "h1 (no subject): # (no subject)", "h2 Inside: # Inside", "paragraph: words",
            ])
        #expect(box.document.title == "in")
        let chunks = Chunker(counter: EstimatedTokenCounter(), maxTokens: 40).chunks(of: box)
        #expect(chunks.map(\.heading) == [["One"], ["(no subject)", "Inside"]])
    }
}
