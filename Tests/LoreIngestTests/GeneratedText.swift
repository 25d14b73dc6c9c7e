import LoreCore
import TestSupport

/// Files of a format put together at random from its constructs, whole and broken.
struct GeneratedText {
    private var numbers: SeededRandom
    private let fragments: [String]

    /// Equal seeds give equal files.
    init(format: DocumentFormat, seed: UInt64) {
        numbers = SeededRandom(seed: seed)
        fragments = Self.fragments[format] ?? ["§\n", "§. §!\n\n"]
    }

    /// A file; § in a fragment stands for some words, ¶ for many.
    mutating func file() -> String {
        (0..<Int.random(in: 0...40, using: &numbers)).map { _ in fragment() }.joined()
    }

    private mutating func fragment() -> String {
        var text = ""
        for character in pick(fragments) {
            switch character {
            case "§": text += words(Int.random(in: 1...8, using: &numbers))
            case "¶": text += words(pick([20, 200]))
            default: text.append(character)
            }
        }
        return text
    }

    private mutating func words(_ count: Int) -> String {
        (0..<count).map { _ in pick(["tea", "Water", "é", "日本語", "12", "x_y", "naïve", "👩‍👩‍👧", "한국어"])
        }
        .joined(separator: pick([" ", " ", ". "]))
    }

    private mutating func pick<T>(_ choices: [T]) -> T {
        choices[Int.random(in: 0..<choices.count, using: &numbers)]
    }

    private static let fragments: [DocumentFormat: [String]] = [
        .org: [
            "* TODO § :a:b:\n", "** §\n", "§\n", "¶\n\n", "- §\n", "  - §\n", "1. §\n\n",
            "| § | § |\n",
            "|---+---|\n", "#+begin_src x\n", "#+end_src\n", "#+BEGIN_QUOTE\n§\n#+END_QUOTE\n",
            ":PROPERTIES:\n", ":END:\n", ": §\n", "#+TITLE: §\n", "#+CAPTION: §\n", "-----\n", "\n",
        ],
        .restructuredText: [
            "§\n====\n\n", "§\n----\n", "====\n§\n====\n", "¶\n\n", "§::\n\n", "    §\n", "- §\n",
            "  §\n",
            ".. note:: §\n", ".. code-block:: x\n\n   §\n", "+---+---+\n", "| § | § |\n",
            "+===+===+\n",
            "===  ===\n", "§    §\n", ":date: §\n", "::\n\n", ">>> §\n", "\n", "#. §\n",
        ],
        .asciiDoc: [
            "= §\n", "== §\n", "=== §\n\n", "¶\n\n", "§\n", "----\n", "====\n", "|===\n", "|§ |§\n",
            "* §\n",
            "+\n", "term:: §\n", ":tags: §\n", "[source]\n", ".§\n", "....\n", "'''\n", " §\n",
            "\n",
        ],
        .sourceCode: [
            "def f(§):\n", "    def g(self):\n", "class A:\n", "    x = §\n", "        y = §\n",
            "# §\n",
            "    # §\n", "@a\n", "\"\"\"\n", "¶\n", "z = §\n", "\n", "\n\n",
            "    \"\"\" § \"\"\"\n", "\tx\n",
        ],
        .csv: [
            "§,§,§\n", "§,\"§\n§\",§\r\n", "\"§ \"\"§\"\"\",§\n", "§;§\n", "¶,§\n", "\n", ",\n",
            "\"\n",
        ],
        .tsv: ["§\t§\n", "\"§\n§\"\t§\n", "¶\t§\n", "\t\n"],
        .json: [
            "{\"a\": \"§\"}", "[", "]", "{\"title\": \"§\", ", "\"b\": [\"¶\", 1, {}]", "}", ",",
            "\n",
        ],
        .jsonLines: [
            "{\"a\": \"§\"}\n", "{\"a\": \"¶\", \"b\": [\"§\", {\"c\": \"¶\"}], \"d\": \"¶\"}\n",
            "[§]\n", "\n",
        ],
        .subRip: [
            "1\n00:00:01,000 --> 00:00:02,000\n§\n\n",
            "2\n00:00:01,000 --> 00:00:02,000\nAnna: §\n\n",
            "00:00:01,000 --> 00:00:02,000\n", "3\n", "§\n", "¶\n", "\n",
        ],
        .webVTT: [
            "WEBVTT\n\n", "NOTE §\n\n", "STYLE\n§\n\n",
            "00:01.000 --> 00:02.000\n<v Anna>§</v>\n\n",
            "x\n00:01.000 --> 00:02.000 align:start\n<v Ben>¶\n\n", "§\n", "\n",
        ],
    ]

    /// The formats that a file can be made of.
    static let formats = fragments.keys.sorted { $0.rawValue < $1.rawValue }
}
