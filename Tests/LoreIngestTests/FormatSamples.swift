import LoreCore

/// A small file of each format that lore reads by itself, with every construct it knows.
enum FormatSamples {
    struct Sample: Sendable {
        let path: String
        let format: DocumentFormat
        let text: String
    }

    static let all = markup + code + records + messages + converted

    private static let markup = [
        Sample(
            path: "a.md", format: .markdown,
            text: """
                ---
                title: Tea
                tags: [drinks, "#hot"]
                date: 2026-11-25
                aliases: [Chai]
                ---
                # Tea *and* water

                Boil it, e.g. in a kettle. Wait 3.5 minutes! 漢字。かな。

                > [!note]- Steeping
                > ![[cup.png|100]] and [[Water#Heat|heat]] %%hidden%% ^id

                - one
                  - two
                1. three

                | leaf | minutes |
                |------|---------|
                | green | 2 |

                ```swift
                # let tea = 1

                brew(tea)
                ```

                Setext
                ------
                <div>html</div>

                [ref]: http://example.org
                """),
        Sample(
            path: "b.md", format: .markdown,
            text: """
                +++
                title = "Tea \\u00e9"
                date = 2026-11-25T10:00:00Z
                tags = ["a", 'b', \"""c\"""] # remark
                [taxonomies]
                x = {y = [1, 2.5], z = true}
                +++
                body
                """),
        Sample(
            path: "a.org", format: .org,
            text: """
                :PROPERTIES:
                :ID: 4f
                :ROAM_ALIASES: "Green tea" Sencha
                :END:
                #+TITLE: Tea
                #+DATE: <2026-11-25 Wed>
                #+FILETAGS: :drinks:hot:
                #+TODO: BREW | DRUNK

                Intro.
                * BREW [#A] Water [[x][hot]] :a:b:
                :LOGBOOK:
                - note
                :END:
                - one
                  more
                - two
                #+CAPTION: leaves
                | leaf | minutes |
                |------+---------|
                | green | 2 |
                #+begin_src sh
                * no headline

                boil
                #+end_src
                ** Steep
                : fixed
                -----
                # comment
                """),
        Sample(
            path: "a.rst", format: .restructuredText,
            text: """
                ===
                Tea
                ===

                :date: 2026-11-25
                :tags: drinks, hot

                Water
                -----
                Boil it::

                    kettle --on

                .. code-block:: sh

                   boil

                .. note:: hot

                - one

                  more
                - two

                +------+---------+
                | leaf | minutes |
                +======+=========+
                | tea  | 2       |
                +------+---------+

                =====  =====
                leaf   min
                =====  =====
                green  2
                =====  =====

                >>> brew()

                ----

                    quoted
                """),
        Sample(
            path: "a.adoc", format: .asciiDoc,
            text: """
                = Tea
                A. Brewer <a@b.c>
                v1.0, 2026-11-25
                :keywords: drinks, hot

                [[water]]
                == Water
                .Listing
                [source,sh]
                ----
                boil

                == no
                ----

                * one
                ** two
                +
                ....
                kept
                ....

                |===
                |leaf |minutes

                |green |2
                |===

                NOTE: hot

                ____
                quoted
                ____

                term:: definition

                '''
                 literal
                // comment
                """),
        Sample(path: "a.txt", format: .plainText, text: "One.\n\nTwo, e.g. three. Four!\n  five\n"),
        Sample(
            path: "a.html", format: .html,
            text: """
                <!doctype html><html><head><title>Tea</title><style>p{}</style></head><body>
                <nav>menu</nav><h1>Tea</h1><p>Boil <b>it</b> &amp; wait.</p><ul><li>one<li>two</ul>
                <table><tr><th>leaf</th></tr><tr><td>green</td></tr></table><pre>a\n\nb</pre>
                <script>x()</script><!-- c --></body></html>
                """),
    ]

    private static let code = [
        Sample(
            path: "a.swift", format: .sourceCode,
            text: """
                // Licence.

                import Foundation

                /// Brews.
                @available(macOS 15, *)
                public final class Kettle: Pot {
                    let size = 1

                    /// Boils.
                    func boil(
                        water: Int
                    ) -> Bool {
                        let text = \"""
                    func no() {
                    \"""
                        return true
                    }

                    init(size: Int) {
                        self.size = size
                    }
                }

                func top() {}
                let rest = 1
                """),
        Sample(
            path: "a.py", format: .sourceCode,
            text: """
                import x

                # Brews.
                @cached
                class Kettle(Pot):
                    \"""Holds
                    def no(): water.
                    \"""

                    async def boil(self):
                        return 1

                def top():
                    pass

                if __name__ == "__main__":
                    top()
                """),
        Sample(
            path: "a.c", format: .sourceCode,
            text: """
                #include <x.h>

                /* Boils
                   int no(void) { */
                static int boil(int water)
                {
                out:
                    return 0;
                }

                struct pot { int a; };
                """),
        Sample(
            path: "a.ts", format: .sourceCode,
            text: """
                export class A<T> extends B {
                  private run(a: string): void {
                    if (a) {}
                  }
                }
                export const f = async (x) => {
                  return x
                }
                describe("x", () => {})
                """),
        Sample(
            path: "a.go", format: .sourceCode,
            text:
                "package a\n\nfunc (k *Kettle) Boil() error {\n\treturn nil\n}\n\ntype T struct {\n}\n"
        ),
        Sample(
            path: "a.rb", format: .sourceCode,
            text: "module A\n  class B\n    def c\n      1\n    end\n  end\nend\nputs 1\n"),
        Sample(
            path: "a.sql", format: .sourceCode,
            text: """
                -- Leaves.
                CREATE TABLE IF NOT EXISTS leaf (
                  name text
                );
                create view v as
                select 1
                from leaf;
                INSERT INTO leaf VALUES (1);
                """),
        Sample(
            path: "a.sh", format: .sourceCode, text: "#!/bin/sh\n# Boils.\nboil() {\n  x\n}\nboil\n"
        ),
        Sample(path: "a.el", format: .sourceCode, text: "; c\n(defun boil (x)\n  x)\n\n(boil 1)\n"),
        Sample(
            path: "a.yaml", format: .sourceCode,
            text: "# c\na: 1\nb:\n  c: 2\n  d:\n    - e\nf: |\n  text\ng: 3\n"),
        Sample(
            path: "a.toml", format: .sourceCode,
            text: "a = 1\n\n# c\n[b]\nc = 2\n\n[[d.e]]\nf = 3\n"),
        Sample(
            path: "a.tex", format: .sourceCode,
            text: "\\documentclass{x}\n\\section{One}\nText. More.\n\n\\subsection*{Two}\nEnd.\n"),
        Sample(path: "a.css", format: .sourceCode, text: "a {\n  b: c;\n}\n\nd {}\n"),
    ]

    private static let records = [
        Sample(
            path: "a.csv", format: .csv,
            text: "name,note\r\ntea,\"hot, \"\"very\"\"\nreally\"\r\nwater,cold\r\n"),
        Sample(path: "b.csv", format: .csv, text: "sep=;\nname;note\ntea;hot\n"),
        Sample(path: "a.tsv", format: .tsv, text: "name\tnote\ntea\thot\n"),
        Sample(
            path: "a.json", format: .json,
            text: """
                {
                  "title": "Tea \\u00e9",
                  "small": [1, -2.5e3, true, null],
                  "leaves": [
                \(leaves)
                  ],
                  "end": {}
                }
                """),
        Sample(path: "b.json", format: .json, text: "[{\"a\": 1}, [\n\(leaves)\n], \"b\"]"),
        Sample(
            path: "a.jsonl", format: .jsonLines,
            text: "{\"a\": 1}\n\n{\"b\": [\(leaves.filter { $0 != "\n" })]}\n{\"c\": \"d\"}\n"),
    ]

    private static let leaves = (1...12)
        .map {
            "    {\"name\": \"leaf number \($0)\", \"minutes\": \($0), \"text\": \"green and hot\"}"
        }
        .joined(separator: ",\n")

    private static let messages = [
        Sample(
            path: "a.srt", format: .subRip,
            text: """
                1
                00:00:01,000 --> 00:00:02,000
                ANNA: Is it hot?

                2
                00:00:02,500 --> 00:00:04,000
                - Ben: Very.

                3
                00:00:05,000 --> 00:00:06,000
                Too hot.
                """),
        Sample(
            path: "a.vtt", format: .webVTT,
            text: """
                WEBVTT - Tea

                NOTE
                a remark

                STYLE
                ::cue { color: red }

                intro
                00:01.000 --> 00:02.000 align:start
                <v.loud Anna>Is it hot?</v>

                00:02.500 --> 00:04.000
                <v Ben>Very.
                """),
        Sample(
            path: "a.ipynb", format: .notebook,
            text: """
                {"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# Tea\\n", "text"]},
                {"cell_type": "code", "metadata": {}, "source": "print(1)", "execution_count": 1,
                "outputs": [{"output_type": "stream", "name": "stdout", "text": ["1\\n"]}]}],
                "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5}
                """),
        Sample(
            path: "a.eml", format: .email,
            text: """
                From: =?utf-8?q?Ann=C3=A9?= <a@example.org>
                To: b@example.org
                Subject: Tea
                Date: Wed, 25 Nov 2026 10:00:00 +0000
                MIME-Version: 1.0
                Content-Type: multipart/alternative; boundary="x"

                --x
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                Boil =C3=A9 it=
                 now.

                > quoted
                --x
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: base64

                PHA+Qm9pbDwvcD4=
                --x--
                """),
        Sample(
            path: "a.mbox", format: .mailbox,
            text: """
                From a@example.org Wed Nov 25 10:00:00 2026
                From: a@example.org
                Subject: One

                >From here.

                From b@example.org Wed Nov 25 11:00:00 2026
                Subject: Two

                Text.
                """),
    ]
}
