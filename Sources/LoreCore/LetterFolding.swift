import Foundation

/// Makes one of the ways in which Unicode writes a word, on the side of the notes and of the query.
///
/// What SQLite's tokenizer of words does not see as one: composed and decomposed letters of any
/// script, letters of full and half width, ligatures, letters that ASCII writes as others (`ß` is
/// `ss`, `ø` is `o`), accents of Greek, the dots of `ё`; marks that show nothing fall out. Case and
/// Latin accents are left to the tokenizer.
package enum LetterFolding {
    /// UTF-8 `text` with its letters folded; nil where nothing is to be folded, as mostly.
    package static func folded(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        let work = Work(text)
        guard !work.isEmpty else { return nil }
        let first = String(decoding: text, as: UTF8.self)
        guard work.contains(.composing) else { return replaced(first) }
        // A mark may join what a letter was replaced by.
        var (last, result) = (Array(text), composed(first))
        while result != last {
            (last, result) = (result, composed(String(decoding: result, as: UTF8.self)))
        }
        return result
    }

    private static func composed(_ text: String) -> [UInt8] {
        replaced(text.precomposedStringWithCanonicalMapping)
    }

    /// The same of any text; `text` itself where nothing is to be folded.
    package static func folded(_ text: [UInt8]) -> [UInt8] {
        text.withUnsafeBufferPointer { folded($0) } ?? text
    }

    private static func replaced(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        var compatible = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if hasCompatibleForm(scalar.value) {
                compatible.append(scalar)
                continue
            }
            append(&compatible, to: &result)
            if let replacement = replacements[scalar.value] {
                result += replacement
            } else {
                result += Array(String(scalar).utf8)
            }
        }
        append(&compatible, to: &result)
        return result
    }

    /// Appends a run of letters in their usual form.
    private static func append(
        _ run: inout String.UnicodeScalarView, to result: inout [UInt8]
    ) {
        if run.isEmpty { return }
        result += Array(String(run).precomposedStringWithCompatibilityMapping.utf8)
        run.removeAll()
    }

    /// Ligatures, and forms of full and half width.
    private static func hasCompatibleForm(_ scalar: UInt32) -> Bool {
        (0xFB00...0xFB06).contains(scalar) || (0xFF01...0xFF9F).contains(scalar)
    }

    /// What a letter is written as; nothing for what shows nothing.
    private static let replacements: [UInt32: [UInt8]] = {
        let pairs: [(String, String)] = [
            ("ßẞ", "ss"), ("æÆ", "ae"), ("ǽǼ", "ae"), ("œŒ", "oe"), ("øØǿǾ", "o"), ("đĐðÐ", "d"),
            ("þÞ", "th"),
            ("łŁ", "l"), ("ı", "i"), ("άΆ", "α"), ("έΈ", "ε"), ("ήΉ", "η"), ("ίΊϊΪΐ", "ι"),
            ("όΌ", "ο"), ("ύΎϋΫΰ", "υ"), ("ώΏ", "ω"), ("ёЁ", "е"),
            ("\u{AD}\u{200C}\u{200D}\u{2060}\u{FEFF}", ""),
        ]
        var table: [UInt32: [UInt8]] = [:]
        for (letters, replacement) in pairs {
            for letter in letters.unicodeScalars {
                table[letter.value] = Array(replacement.utf8)
            }
        }
        return table
    }()
}

/// What a text needs.
private struct Work: OptionSet {
    let rawValue: Int

    static let composing = Work(rawValue: 1)
    static let letters = Work(rawValue: 2)

    init(rawValue: Int) { self.rawValue = rawValue }

    /// What `text` needs, told by the first bytes of its characters; each text of a note passes by.
    init(_ text: UnsafeBufferPointer<UInt8>) {
        var work: Work = []
        var index = 0
        while index < text.count {
            if text[index] >= 0xC2 {
                let second = index + 1 < text.count ? text[index + 1] : 0
                let third = index + 2 < text.count ? text[index + 2] : 0
                work.formUnion(Self.work(text[index], second, third))
            }
            index += 1
        }
        self = work
    }

    private static func work(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Work {
        switch (first, second, third) {
        case (0xC2, 0xAD, _): .letters
        case (0xC3, 0x86, _), (0xC3, 0x90, _), (0xC3, 0x98, _), (0xC3, 0x9E...0x9F, _): .letters
        case (0xC3, 0xA6, _), (0xC3, 0xB0, _), (0xC3, 0xB8, _), (0xC3, 0xBE, _): .letters
        case (0xC4, 0x90...0x91, _), (0xC4, 0xB1, _): .letters
        case (0xC5, 0x81...0x82, _), (0xC5, 0x92...0x93, _): .letters
        case (0xC7, 0xBC...0xBF, _): .letters
        // Combining marks.
        case (0xCC...0xCD, _, _): .composing
        case (0xCE, 0x86...0x90, _), (0xCE, 0xAA...0xB0, _): .letters
        case (0xCF, 0x8A...0x8E, _): .letters
        case (0xD0, 0x81, _), (0xD1, 0x91, _): .letters
        // Hangul in parts.
        case (0xE1, 0x84...0x87, _): .composing
        case (0xE1, 0xBA, 0x9E): .letters
        case (0xE2, 0x80, 0x8C...0x8D), (0xE2, 0x81, 0xA0): .letters
        // Signs of units that are letters.
        case (0xE2, 0x84, 0xA6), (0xE2, 0x84, 0xAA...0xAB): .composing
        // The marks of kana.
        case (0xE3, 0x82, 0x99...0x9A): .composing
        case (0xEF, 0xA4...0xAB, _): .composing
        case (0xEF, 0xAC, 0x80...0x86), (0xEF, 0xBB, 0xBF): .letters
        // A mark of half-width kana joins its letter.
        case (0xEF, 0xBC...0xBE, _): [.composing, .letters]
        default: []
        }
    }
}
