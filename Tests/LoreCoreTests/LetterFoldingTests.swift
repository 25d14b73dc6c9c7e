import LoreCore
import TestSupport
import Testing

@Suite struct LetterFoldingTests {
    @Test(arguments: [
        ("Straße ẞ", "Strasse ss"), ("e\u{301}", "é"), ("ＡＢ１！", "AB1!"), ("ﬁ ﬀ", "fi ff"),
        ("ｶﾞｽ", "ガス"), ("カﾞ", "ガ"), ("カ\u{3099}", "ガ"), ("\u{1112}\u{1161}\u{11AB}", "한"),
        ("\u{212B}\u{2126}\u{212A}", "ÅΩK"), ("Άς", "ας"), ("α\u{301}", "α"), ("Ёё", "ее"),
        ("ø\u{301}", "o"), ("soft\u{AD}hy\u{200D}phen", "softhyphen"), ("\u{FEFF}x", "x"),
    ])
    func `letters get one form`(text: String, folded: String) {
        #expect(LetterFolding.folded(Array(text.utf8)) == Array(folded.utf8))
    }

    @Test(arguments: [
        "plain", "café", "naïve Ünïcode", "日本語", "Привет й", "λογος", "🙂❤️", "“quoted” – dash", "",
        "\u{0}",
        "x² ½", "ไทย", "한국",
    ])
    func `what has one form is left alone`(text: String) {
        Array(text.utf8).withUnsafeBufferPointer { #expect(LetterFolding.folded($0) == nil) }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `folding twice changes nothing more`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let ranges: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0xC0...0x17F, 0x300...0x36F, 0x370...0x3FF, 0x400...0x45F,
            0x1100...0x11FF, 0x3041...0x30FF, 0xAC00...0xAFFF, 0xFB00...0xFB06, 0xFF01...0xFF9F,
        ]
        for _ in 0..<2_000 {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let range = ranges.randomElement(using: &random) ?? 0x20...0x7E
                let value = UInt32.random(in: range, using: &random)
                if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
            }
            let once = LetterFolding.folded(Array(String(scalars).utf8))
            #expect(LetterFolding.folded(once) == once, "\(String(scalars)), seed \(seed)")
        }
    }
}
