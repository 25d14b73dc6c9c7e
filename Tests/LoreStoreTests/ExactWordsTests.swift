import LoreCore
import LoreStore
import TestSupport
import Testing

/// Names, numbers and words of any script, found as they are written.
@Suite struct ExactWordsTests {
    /// The decoys have the same words in another order, or nearly the same.
    @Test(arguments: [
        (
            "snake_case", "a snake_case name",
            ["case of a snake", "snake and case", "snakes encase"]
        ),
        ("1.0.21", "since 1.0.21 it is", ["since 21.0.1 it is", "1.0.2 then 1", "10.21"]),
        ("ECONNRESET", "ends with ECONNRESET now", ["ends with ECONNREFUSED now", "conn reset"]),
        ("foo-bar", "the foo-bar of it", ["the bar-foo of it", "foobar", "foo or a bar"]),
        ("/etc/hosts", "edit /etc/hosts first", ["hosts etc", "edit /hosts/etc first"]),
        (
            "kubectl.kubernetes.io/x", "set kubectl.kubernetes.io/x here",
            ["kubernetes io kubectl x"]
        ),
        ("v2", "the v2 of it", ["the v1 of it", "the v21 of it", "v and 2"]),
        ("0x1F", "code 0x1F is", ["code 0x1E is", "0 x 1 F"]),
        ("C++", "written in C++ here", ["written in C here", "written in C# here", "C+ or c"]),
        ("C#", "written in C# here", ["written in C here", "written in C++ here"]),
        ("c++17", "a C++17 compiler", ["a C 17 compiler", "17 of c", "c++ alone"]),
        ("F#", "the F# of it", ["the F of it", "f"]),
    ])
    func `a name is found where it stands, and nothing comes before it`(
        name: String, text: String, decoys: [String]
    ) throws {
        let test = try TestStore()
        try test.write("a.md", title: "T", (decoys + [text] + decoys).map { ([], $0) })

        #expect(try test.found(name).first == text)
    }

    @Test func `C++ and C# are names of their own, and words besides`() throws {
        let test = try TestStore()
        let texts = ["in C.", "in C++.", "in C#, too", "g++を使う", "i+++j", "see page#top"]
        try test.write("a.md", title: "T", texts.map { ([], $0) })

        #expect(try test.found("C++") == ["in C++."])
        #expect(try test.found("c#") == ["in C#, too"])
        #expect(try Set(test.found("C")) == ["in C.", "in C++.", "in C#, too"])
        #expect(try test.found("G++") == ["g++を使う"])
        #expect(try test.found("page") == ["see page#top"])
        #expect(try test.found("page top") == ["see page#top"])
        try test.checkFullText()
    }

    @Test(arguments: [
        "日本語を勉強する会議資料", "ひらがなとカタカナ", "나는한국어를배운다", "ภาษาไทยไม่มีช่องว่าง", "ພາສາລາວ", "ភាសាខ្មែរ",
        "မြန်မာဘာသာ",
    ])
    func `any part of a sentence without spaces is found`(sentence: String) throws {
        let test = try TestStore()
        try test.write("a.md", title: "T", "before " + sentence + " after", "another one")
        let scalars = Array(sentence.unicodeScalars)

        for start in scalars.indices {
            for end in (start + 1)...scalars.count {
                var part = String.UnicodeScalarView()
                part.append(contentsOf: scalars[start..<end])
                let found = try test.found(String(part))
                #expect(found == ["before " + sentence + " after"], "\(String(part))")
            }
        }
    }

    /// Each is looked for by the other and by itself.
    @Test(arguments: [
        ("café", "cafe\u{301}"), ("café", "cafe"), ("CAFÉ", "café"), ("Straße", "strasse"),
        ("STRAẞE", "Straße"), ("ＡＢＣ１２", "abc12"), ("ﬁle", "file"), ("İstanbul", "istanbul"),
        ("ısparta", "isparta"), ("Ørsted", "orsted"), ("Łódź", "lodz"), ("cœur", "coeur"),
        ("Æther", "aether"), ("Đorđe", "dorde"), ("й", "и\u{306}"), ("ёлка", "елка"),
        ("Άλφα", "αλφα"), ("Άλφα", "Α\u{301}λφα"), ("ΛΌΓΟΣ", "λόγος"),
        ("한국", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}"), ("ガス", "ｶﾞｽ"),
        ("ガス", "カ\u{3099}ス"), ("Å", "\u{212B}"), ("Ω", "\u{2126}"), ("foo\u{AD}bar", "foobar"),
        ("x\u{302}", "x"),
    ])
    func `forms of a letter are one`(one: String, other: String) throws {
        for (written, query) in [(one, other), (other, one), (one, one), (other, other)] {
            let test = try TestStore()
            try test.write("a.md", title: "T", "before \(written) after", "something else")
            #expect(try test.found(query) == ["before \(written) after"], "\(query)")
            try test.checkFullText()
        }
    }

    /// What the property needs: rare words are those of one chunk in 300, common ones of most chunks.
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `a chunk with all rare words comes before any with none`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let test = try TestStore()
        let words = ["system", "value", "note", "page", "order", "day"]
        for note in 0..<60 {
            let texts = (0..<5).map { _ in
                (0..<Int.random(in: 5...120, using: &random))
                    .map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
            }
            try test.write("\(note).md", title: "System \(note)", texts.map { ([], $0) })
        }
        let filler = (0..<150).map { _ in words.randomElement(using: &random) ?? "" }
        let rare = (filler + ["quokka", "zanzibar"]).shuffled(using: &random)
        try test.write("rare.md", title: "Other", rare.joined(separator: " "))

        for query in ["quokka zanzibar system", "value system of the quokka in zanzibar note page"]
        {
            let first = try test.found(query).first ?? ""
            #expect(first.contains("quokka"), "\(query), seed \(seed)")
        }
    }
}
