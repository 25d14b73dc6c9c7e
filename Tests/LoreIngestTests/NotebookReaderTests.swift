import LoreCore
import LoreIngest
import Testing

@Suite struct NotebookReaderTests {
    @Test func `cells become Markdown and code, with what the code put out as text`() throws {
        let text = """
            {"nbformat": 4, "metadata": {}, "cells": [
             {"cell_type": "markdown", "source": ["# Tea *times*\\n", "\\n", "- green\\n", "- black"]},
             {"cell_type": "code", "source": "a = 1\\n\\nprint(a)", "outputs": [
              {"output_type": "stream", "name": "stdout", "text": ["1\\n", "\\u001b[31mred\\u001b[0m\\n"]},
              {"output_type": "execute_result", "data":
               {"text/html": ["<b>no</b>"], "image/png": "iVBORw0K", "text/plain": ["   x\\n", "0  1"]}},
              {"output_type": "display_data", "data": {"image/png": "iVBORw0K"}},
              {"output_type": "error", "ename": "ValueError", "evalue": "no tea", "traceback": []}]},
             {"cell_type": "raw", "source": "raw words"},
             {"cell_type": "code", "source": [], "outputs": []},
             {"cell_type": "markdown", "source": "## Then"}]}
            """
        let read = try note(text, as: .notebook, path: "tea.ipynb")
        #expect(
            read.outline == [
                "h1 Tea times: # Tea *times*", "list: - green\n- black", "code: a = 1\n\nprint(a)",
                "code: 1\nred", "code:    x\n0  1", "code: ValueError: no tea",
                "paragraph: raw words", "h2 Then: ## Then",
            ])
        #expect(read.document.title == "Tea times")
        #expect(read.document.isConverted)
    }

    @Test func `a notebook of format 3 is read`() throws {
        let text = """
            {"nbformat": 3, "worksheets": [{"cells": [
             {"cell_type": "heading", "level": 2, "source": ["Old"]},
             {"cell_type": "code", "input": "1 + 1", "outputs":
              [{"output_type": "pyout", "text": ["2"]}]}]}]}
            """
        #expect(
            try note(text, as: .notebook).outline == ["h2 Old: ## Old", "code: 1 + 1", "code: 2"])
    }

    @Test func `front matter of the first cell says what it says of a note`() throws {
        let text = """
            {"cells": [{"cell_type": "markdown",
             "source": "---\\ntitle: T\\ntags: [a]\\ndate: 2026-01-02\\n---\\ntext"},
             {"cell_type": "markdown", "source": "---\\ntitle: no\\n---"}]}
            """
        let read = try note(text, as: .notebook)
        #expect(read.document.title == "T")
        #expect(read.document.tags == ["a"])
        #expect(read.document.date == "2026-01-02")
        // A second time it is a rule, and a heading that is underlined.
        #expect(read.string == "text\n\n\n---\ntitle: no\n---\n")
        #expect(read.outline == ["paragraph: text", "rule: ---", "h2 title: no: title: no\n---"])
    }

    @Test func `a notebook without a heading is called as its file`() throws {
        let text = #"{"cells": [{"cell_type": "code", "source": "1"}]}"#
        #expect(try note(text, as: .notebook, path: "a/my plot.ipynb").document.title == "my plot")
    }

    @Test(arguments: [
        ("{", "it is not JSON"), (#"{"cells": [1]}"#, "it is not laid out as a notebook"),
        ("[]", "it is not laid out as a notebook"), ("{}", "it is not laid out as a notebook"),
        (#"{"cells": [{"cell_type": "code", "source": 1}]}"#, "it is not laid out as a notebook"),
        ("words", "it is not JSON"),
    ])
    func `what is no notebook is refused with the reason`(text: String, reason: String) {
        #expect(throws: IngestError.malformed(path: "n", reason: reason)) {
            try note(text, as: .notebook)
        }
    }

    @Test func `an empty file is a note without blocks`() throws {
        #expect(try note(" \n", as: .notebook).blocks.isEmpty)
        #expect(try note(#"{"cells": []}"#, as: .notebook).blocks.isEmpty)
    }
}
