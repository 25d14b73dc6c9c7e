import LoreCore

extension FormatSamples {
    /// Files whose text is taken out of them.
    static let converted = [
        Sample(
            path: "page.html", format: .html,
            text: """
                <!DOCTYPE html><html><head><title>Tea &amp; more</title><meta charset="utf-8">
                <meta name="keywords" content="tea, hot water"><style>p { color: red }</style></head>
                <body><nav><a href="/">Home</a></nav><main><h1>Green <em>tea</em></h1>
                <p>Water at 80&nbsp;degrees.<br>Then für 李 wait.</p>
                <ul><li>One<ul><li>Inner</li></ul><li>Two</ul><ol><li><p>First</p><p>more</p></ol>
                <table><tr><th>Tea<th>Degrees</tr><tr><td>Green<td>80</tr><tr><td>Black<td>95</table>
                <table><tr><td><h2>Layout</h2><table><tr><td>a<td>b</table></td></tr></table>
                <pre>if a &lt; b {
                    pour()
                }</pre><blockquote><p>Said<p>they</blockquote><dl><dt>Oolong<dd>Between</dl>
                <header>by me</header><aside>note</aside></main><footer>(c)</footer>
                <script>var x = "<p>no</p>"</script></body></html>
                """),
        Sample(
            path: "plot.ipynb", format: .notebook,
            text: #"""
                {"nbformat": 4, "metadata": {}, "cells": [
                 {"cell_type": "markdown", "source": ["---\n", "title: T\n", "---\n", "# Tea\n", "\n", "- a\n"]},
                 {"cell_type": "code", "source": "a = 1\n\n\nprint(a)\n", "outputs": [
                  {"output_type": "stream", "text": ["1\n", "\u001b[31mred\u001b[0m\n"]},
                  {"output_type": "execute_result", "data": {"image/png": "iVBO", "text/plain": ["  x"]}},
                  {"output_type": "error", "ename": "E", "evalue": "no tea"}]},
                 {"cell_type": "raw", "source": "raw words"},
                 {"cell_type": "markdown", "source": "## Then\n\n| a | b |\n|---|---|\n| 1 | 2 |"}]}
                """#),
        Sample(path: "letter.eml", format: .email, text: message),
        Sample(
            path: "box.mbox", format: .mailbox,
            text: """
                From ana@example.org Tue Mar  3 10:00:00 2026
                \(message)

                From bo@example.org Wed Mar  4 10:00:00 2026
                Subject: =?iso-8859-1?q?f=FCr?=
                Content-Type: text/plain; charset=windows-1252
                Content-Transfer-Encoding: base64

                c/zf
                IKQ=

                >From an escaped line.
                """),
    ]

    private static let message = """
        From: Ana <ana@example.org>
        To: Bo
         <bo@example.org>
        Subject: =?utf-8?B?VGVl?= =?utf-8?Q?_f=C3=BCr?= alle
        Date: Tue, 03 Mar 2026 23:30:00 -0800
        Content-Type: multipart/mixed; boundary="outer"

        --outer
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Words f=C3=BCr =
        all.

        > quoted
        --inner
        Content-Type: text/html

        <h1>Hi</h1><p>words
        --inner--
        --outer
        Content-Type: text/html; charset=iso-8859-1

        <ul><li>a<li>b</ul>
        --outer
        Content-Type: application/pdf; name="plan.pdf"
        Content-Disposition: attachment; filename*=utf-8''f%C3%BCr.pdf

        JVBERi0xLjQK
        --outer
        Content-Type: message/rfc822

        Subject: inner

        forwarded
        --outer--
        """
}
