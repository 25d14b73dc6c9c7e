/// What the scanner of source code must know of a family of languages.
struct SourceLanguage: Sendable {
    /// How the end of a definition shows and what starts one.
    enum Family: Sendable {
        /// A keyword or the shape `name(…) {`; the body is indented.
        case words
        /// `[section]`, also `[[section]]`.
        case sections
        /// `key:` at the start of a line, with more below it.
        case keys
        /// `(keyword name` at the start of a line.
        case lists
        /// `\section{…}`: levels by name.
        case markup
        /// Blank lines alone part the code.
        case none
    }

    var family = Family.words
    /// Words that may stand before a definition's keyword.
    var modifiers: Set<String> = []
    /// Words that start a definition which holds others.
    var containers: Set<String> = []
    /// Words that start a function or the like.
    var functions: Set<String> = []
    /// What starts a line that is a comment or an attribute, and goes with what is below it.
    var above: [String] = ["//", "/*", "*", "@", "#["]
    /// Whether `name(…) {` without a keyword is a function, inside a type or at the top.
    var hasBareFunctions = false
    /// Whether a statement ends with a semicolon and not where the indentation does.
    var endsWithSemicolon = false

    /// The language of a file by the end of its name.
    init(fileName: String) {
        let ending = fileName.split(separator: ".").last?.lowercased() ?? ""
        self = Self.byEnding[ending] ?? Self(family: .none)
    }

    private init(
        family: Family = .words, modifiers: String = "", containers: String = "",
        functions: String = "", above: [String] = ["//", "/*", "*", "@", "#["],
        hasBareFunctions: Bool = false, endsWithSemicolon: Bool = false
    ) {
        let set = { (words: String) in Set(words.split(separator: " ").map(String.init)) }
        self.family = family
        self.modifiers = set(modifiers)
        self.containers = set(containers)
        self.functions = set(functions)
        self.above = above
        self.hasBareFunctions = hasBareFunctions
        self.endsWithSemicolon = endsWithSemicolon
    }

    /// The ends of the names of all files that are read as source code.
    static var endings: Dictionary<String, SourceLanguage>.Keys { byEnding.keys }

    private static let byEnding: [String: SourceLanguage] = {
        var languages: [String: SourceLanguage] = [:]
        for (endings, language) in table {
            for ending in endings.split(separator: " ") { languages[String(ending)] = language }
        }
        return languages
    }()

    private static let table: [(String, SourceLanguage)] = [
        (
            "c h cc cpp cxx hh hpp m mm cs java kt kts scala groovy go rs swift zig d dart js mjs "
                + "cjs jsx ts tsx vue svelte php proto gradle",
            SourceLanguage(
                modifiers: """
                    public private protected internal fileprivate package open static final \
                    abstract override virtual inline constexpr const extern async export default \
                    declare pub unsafe mutating nonmutating nonisolated isolated indirect \
                    convenience required lazy weak sealed partial readonly data inner suspend \
                    operator infix tailrec external expect actual annotation companion case \
                    implicit synchronized native strictfp template typedef explicit friend \
                    distributed dynamic optional noinline crossinline value
                    """,
                containers: """
                    class struct enum union interface trait protocol extension actor namespace \
                    module object impl record type mod message service @interface @implementation \
                    @protocol
                    """,
                functions: "func fn fun function def macro macro_rules! init deinit subscript rpc",
                hasBareFunctions: true)
        ),
        (
            "py pyi nim",
            SourceLanguage(
                modifiers: "async", containers: "class", functions: "def proc func",
                above: ["#", "@"])
        ),
        (
            "rb lua jl ex exs pl pm r",
            SourceLanguage(
                modifiers: "local private public mutable abstract",
                containers: "class module defmodule defprotocol defimpl struct package",
                functions: "def defp defmacro function sub macro", above: ["#", "--", "@"])
        ),
        (
            "sh bash zsh fish ps1",
            SourceLanguage(functions: "function", above: ["#"], hasBareFunctions: true)
        ),
        (
            "sql",
            SourceLanguage(
                modifiers: """
                    create or replace temp temporary unique materialized recursive global local \
                    external if not exists unlogged virtual definer
                    """,
                functions: "table view function procedure index trigger type schema sequence",
                above: ["--", "/*", "*"], endsWithSemicolon: true)
        ),
        (
            "hs ml mli fs fsx erl",
            SourceLanguage(
                modifiers: "rec", containers: "module class instance data newtype type",
                functions: "let val", above: ["--", "(*", "///", "//", "%", "{-"])
        ),
        (
            "tf",
            SourceLanguage(
                containers: "resource data module variable output provider", above: ["#", "//"])
        ),
        ("clj cljs lisp el scm", SourceLanguage(family: .lists, above: [";"])),
        ("toml ini cfg conf", SourceLanguage(family: .sections, above: ["#", ";"])),
        ("yaml yml", SourceLanguage(family: .keys, above: ["#"])),
        ("tex", SourceLanguage(family: .markup, above: ["%"])),
        ("css scss less mk cmake", SourceLanguage(family: .none)),
    ]
}
