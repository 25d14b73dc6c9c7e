import LoreIngest
import Testing

@Suite struct EstimatedTokenCounterTests {
    @Test(arguments: [
        ("", 0), (" \n\t", 0), ("tea", 1), ("water", 1), ("kettle", 2), ("green tea", 2),
        ("don't", 3),
        ("1", 1), ("2026", 2), ("2026-11-25", 6), ("naïve", 1), ("漢字かな", 4), ("текст", 5),
        ("한국", 6),
        ("🍵", 1), ("a,b", 3), ("foo_bar()", 5), ("v2", 2),
    ])
    func `each text has the pieces that the rules say`(text: String, count: Int) {
        var text = text
        #expect(text.withUTF8 { EstimatedTokenCounter().countTokens($0) } == count)
    }
}
