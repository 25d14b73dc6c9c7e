import LoreCore
import LoreIngest
import Testing

@Suite struct SourceCodeReaderTests {
    /// Level and words of each heading, and its first and last line.
    private func headings(_ text: String, _ path: String) throws -> [String] {
        try note(text, as: .sourceCode, path: path).blocks.compactMap { block in
            guard case .heading(let level, let words) = block.kind else { return nil }
            let lines = block.range.lines
            return "\(level) \(words) @\(lines.lowerBound)-\(lines.upperBound)"
        }
    }

    @Test func `a definition with its comment and attributes heads what lies in it`() throws {
        let text = """
            // Licence.

            import Foundation

            /// Brews.
            @available(macOS 15, *)
            public final class Kettle: Pot {
                let size = 1

                /// Boils.
                /// Twice.
                @discardableResult func boil(
                    water: Int
                ) -> Bool {
                    func inner() {}
                    return true
                }

                init(size: Int) {
                    self.size = size
                }
                private var rest: Int { 1 }
            }

            func top() {}
            let after = 1
            """
        #expect(
            try headings(text, "src/a.swift") == [
                "1 class Kettle: Pot @5-7", "2 boil() @10-12", "2 init() @19-19", "2  @22-22",
                "1 top() @25-25", "1  @26-26",
            ])
        let read = try note(text, as: .sourceCode, path: "src/a.swift")
        #expect(read.document.title == "a.swift")
        #expect(read.outline.first == "code: // Licence.\n\nimport Foundation")
    }

    @Test func `a chunk of a program carries the names of type and function`() throws {
        let body = (1...30).map { "        x\($0) = \($0) + y\n" }.joined(separator: "\n")
        let text =
            "class Tea:\n    def boil(self):\n\(body)\n    def pour(self):\n\(body)\nrest = 1\nmore = 2\n"
        let chunks = Chunker(counter: WordCounter(), maxTokens: 60)
            .chunks(of: try note(text, as: .sourceCode, path: "tea.py"))
        let headings = chunks.map(\.heading).reduce(into: [[String]]()) { distinct, heading in
            if distinct.last != heading { distinct.append(heading) }
        }
        #expect(headings == [["class Tea", "boil()"], ["class Tea", "pour()"], []])
        #expect(chunks.count > 5)
        #expect(
            chunks.first?.text.hasPrefix("class Tea:\n    def boil(self):\n        x1 =") == true)
    }

    @Test(arguments: [
        (
            "a.py",
            "@cached\nasync def f(x):\n    \"\"\"\n    def no():\n    \"\"\"\n\nclass A(B):\n    x = 1\n",
            ["1 f() @1-2", "1 class A @7-7"]
        ),
        (
            "a.c",
            "/* a\n   int no(void) { */\nstatic int *f(int a)\n{\nout:\n    g(a);\n}\n\nstruct p { int a; };\nint h(int);\n",
            ["1 f() @1-3", "1 struct p @9-9", "1  @10-10"]
        ),
        (
            "a.cpp",
            "namespace n {\n  class A {\n    int f() const {\n    }\n  };\n}\nvoid A::g() {\n}\n",
            ["1 namespace n @1-1", "2 class A @2-2", "3 f() @3-3", "1 A::g() @7-7"]
        ),
        (
            "A.java",
            "public class A<T> extends B {\n    @Override\n    public List<T> f(int a) {\n        if (a) {\n        }\n    }\n    int x = g(1);\n}\n",
            ["1 class A<T> extends B @1-1", "2 f() @2-3", "2  @7-7"]
        ),
        (
            "a.go",
            "func (k *Kettle) Boil() error {\n\treturn nil\n}\n\ntype T struct {\n\tA int\n}\nfunc F[X any](x X) {}\n",
            ["1 Kettle.Boil() @1-1", "1 type T struct @5-5", "1 F() @8-8"]
        ),
        (
            "a.rs",
            "#[derive(Debug)]\npub(crate) struct A {\n    a: u8,\n}\nimpl B for A {\n    pub fn f(&self) {}\n}\n",
            ["1 struct A @1-2", "1 impl B for A @5-5", "2 f() @6-6"]
        ),
        (
            "a.ts",
            "export const f = async (x) => {\n  x\n}\ndescribe(\"x\", () => {\n})\nexport default function g() {}\nclass A {\n  run(a) {\n  }\n}\n",
            ["1 f() @1-1", "1  @4-4", "1 g() @6-6", "1 class A @7-7", "2 run() @8-8"]
        ),
        (
            "a.rb", "module A\n  class B < C\n    def d?\n      1\n    end\n  end\nend\nputs 1\n",
            ["1 module A @1-1", "2 class B < C @2-2", "3 d?() @3-3", "1  @8-8"]
        ),
        (
            "a.lua", "-- c\nlocal function f(x)\n  return x\nend\nfunction t:g() end\n",
            ["1 f() @1-2", "1 t:g() @5-5"]
        ),
        (
            "a.sh", "# c\nf() {\n  x\n}\nfunction g-h {\n  y\n}\nf\n",
            ["1 f() @1-2", "1 g-h() @5-5", "1  @8-8"]
        ),
        (
            "a.sql",
            "-- c\nCREATE TABLE IF NOT EXISTS a.leaf (\n  x int\n);\ncreate or replace view v as\nselect 1\nfrom leaf;\nINSERT INTO leaf\nVALUES (1);\n",
            ["1 table a.leaf @1-2", "1 view v @5-5", "1  @8-8"]
        ),
        ("a.el", "; c\n(defun f-g (x)\n  (h x))\n\n(f-g 1)\n", ["1 f-g @1-2", "1  @5-5"]),
        (
            "a.kt", "data class A(val x: Int)\n\nfun String.f(): Int = 1\n",
            ["1 class A @1-1", "1 String.f() @3-3"]
        ),
        ("a.hs", "-- c\ndata A = B\n\nf x = 1\n", ["1 data A @1-2", "1  @4-4"]),
        ("a.tf", "resource \"x\" \"y\" {\n  a = 1\n}\n", ["1 resource \"x\" \"y\" @1-1"]),
    ])
    func `definitions are found in many languages`(
        path: String, text: String, headings: [String]
    ) throws {
        #expect(try self.headings(text, path) == headings)
    }

    @Test func `settings are parted at their top keys and sections`() throws {
        #expect(
            try note(
                "# c\na: 1\nb:\n  c: 2\n\n  d: 3\ne: |\n  x\nf: 4\n", as: .sourceCode, path: "a.yml"
            )
            .outline == [
                "code: # c\na: 1", "h1 b: b:", "code:   c: 2\n\n  d: 3", "h1 e: e: |",
                "code:   x", "h1 : f: 4",
            ])
        #expect(
            try note("a = 1\n\n# c\n[b.c]\nd = 2\n[[e]]\nf = 3\n", as: .sourceCode, path: "a.toml")
                .outline == [
                    "code: a = 1", "h1 b.c: # c\n[b.c]", "code: d = 2", "h1 e: [[e]]",
                    "code: f = 3",
                ])
    }

    @Test func `sections of TeX are headings, its text is prose`() throws {
        let text =
            "\\documentclass{x}\n\\section{One  two}\nText.\n\nMore.\n\\subsection*{Three}\nEnd.\n"
        #expect(
            try note(text, as: .sourceCode, path: "a.tex").outline == [
                "paragraph: \\documentclass{x}", "h3 One two: \\section{One  two}",
                "paragraph: Text.\n\nMore.", "h4 Three: \\subsection*{Three}", "paragraph: End.",
            ])
    }

    @Test(arguments: ["a.css", "Makefile.mk", "a.unknown", "a.py"])
    func `what is not understood is code`(path: String) throws {
        let text = "a {\n  b: c;\n}\n\nd e\n"
        #expect(
            try note(text, as: .sourceCode, path: path).outline == ["code: a {\n  b: c;\n}\n\nd e"])
    }

    @Test func `a comment or string that never ends loses nothing`() throws {
        for text in ["/* a\nfunc b() {\n}", "x = \"\"\"\nfunc b() {\n}"] {
            #expect(try note(text, as: .sourceCode, path: "a.go").outline == ["code: \(text)"])
        }
    }
}
