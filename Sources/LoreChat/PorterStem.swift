/// Cuts English endings, so that `indexing` and `indexed` are one word.
///
/// The same stems as the full-text index has, so that a term found there is found in a sentence.
/// - SeeAlso: Porter (1980), doi:10.1108/eb046814
package struct PorterStem {
    /// Lower-case ASCII.
    private var word: [UInt8]

    /// The stem of `word`, lower-case ASCII letters and digits; shorter than three it is itself.
    package static func of(_ word: [UInt8]) -> [UInt8] {
        guard word.count > 2, word.count < 64 else { return word }
        var stem = PorterStem(word: word)
        stem.dropPlural()
        stem.dropPast()
        stem.changeFinalY()
        stem.replaceFirst(of: longSuffixes, minimumMeasure: 1)
        stem.replaceFirst(of: middleSuffixes, minimumMeasure: 1)
        stem.dropLastSuffix()
        stem.dropFinalE()
        return stem.word
    }

    private static let longSuffixes = pairs(
        """
        ational ate tional tion enci ence anci ance izer ize logi log bli ble alli al entli ent \
        eli e ousli ous ization ize ation ate ator ate alism al iveness ive fulness ful \
        ousness ous aliti al iviti ive biliti ble
        """)
    private static let middleSuffixes =
        pairs("icate ic alize al iciti ic ical ic") + [
            (bytes("ative"), []), (bytes("ful"), []), (bytes("ness"), []),
        ]
    private static let lastSuffixes =
        "ement ment ance ence able ible ant ent ism ate iti ous ive ize ion al er ic ou"
        .split(separator: " ").map { Array($0.utf8) }

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    private static func pairs(_ text: String) -> [([UInt8], [UInt8])] {
        let words = text.split(separator: " ").map { Array($0.utf8) }
        return stride(from: 0, to: words.count, by: 2).map { (words[$0], words[$0 + 1]) }
    }

    private func ends(_ suffix: String) -> Bool { ends(Self.bytes(suffix)) }

    private func ends(_ suffix: [UInt8]) -> Bool {
        word.count > suffix.count && word.suffix(suffix.count).elementsEqual(suffix)
    }

    private func isConsonant(_ index: Int) -> Bool {
        switch word[index] {
        case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
            UInt8(ascii: "u"):
            false
        case UInt8(ascii: "y"): index == 0 || !isConsonant(index - 1)
        default: true
        }
    }

    /// How often a vowel is followed by a consonant in the first `length` letters.
    private func measure(_ length: Int) -> Int {
        (1..<max(length, 1)).count { isConsonant($0) && !isConsonant($0 - 1) }
    }

    private func hasVowel(_ length: Int) -> Bool { (0..<length).contains { !isConsonant($0) } }

    /// Whether the first `length` letters end in consonant, vowel, consonant other than w, x, y.
    private func endsShort(_ length: Int) -> Bool {
        length >= 3 && isConsonant(length - 1) && !isConsonant(length - 2)
            && isConsonant(length - 3) && !"wxy".utf8.contains(word[length - 1])
    }

    private mutating func drop(_ count: Int, adding ending: String = "") {
        word.removeLast(count)
        word += Array(ending.utf8)
    }

    private mutating func dropPlural() {
        guard word.last == UInt8(ascii: "s") else { return }
        if ends("sses") || ends("ies") {
            drop(2)
        } else if !ends("ss") {
            drop(1)
        }
    }

    private mutating func dropPast() {
        if ends("eed") {
            if measure(word.count - 3) > 0 { drop(1) }
        } else if ends("ed"), hasVowel(word.count - 2) {
            drop(2)
            mendStem()
        } else if ends("ing"), hasVowel(word.count - 3) {
            drop(3)
            mendStem()
        }
    }

    private mutating func mendStem() {
        if ends("at") || ends("bl") || ends("iz") {
            word.append(UInt8(ascii: "e"))
        } else if endsDouble, !"lsz".utf8.contains(word[word.count - 1]) {
            drop(1)
        } else if measure(word.count) == 1, endsShort(word.count) {
            word.append(UInt8(ascii: "e"))
        }
    }

    private var endsDouble: Bool {
        word.count >= 2 && word[word.count - 1] == word[word.count - 2]
            && isConsonant(word.count - 1)
    }

    private mutating func changeFinalY() {
        if ends("y"), hasVowel(word.count - 1) { word[word.count - 1] = UInt8(ascii: "i") }
    }

    private mutating func replaceFirst(
        of suffixes: [([UInt8], [UInt8])], minimumMeasure: Int
    ) {
        guard let (suffix, ending) = suffixes.first(where: { ends($0.0) }) else { return }
        guard measure(word.count - suffix.count) >= minimumMeasure else { return }
        word.removeLast(suffix.count)
        word += ending
    }

    private mutating func dropLastSuffix() {
        guard let suffix = Self.lastSuffixes.first(where: { ends($0) }) else { return }
        let length = word.count - suffix.count
        guard measure(length) > 1 else { return }
        if suffix == Self.bytes("ion"), !"st".utf8.contains(word[length - 1]) { return }
        word.removeLast(suffix.count)
    }

    private mutating func dropFinalE() {
        if ends("e") {
            let length = word.count - 1
            let measure = measure(length)
            if measure > 1 || (measure == 1 && !endsShort(length)) { drop(1) }
        }
        if ends("ll"), measure(word.count - 1) > 1 { drop(1) }
    }
}
