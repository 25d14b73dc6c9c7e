import Foundation
import LoreCore

/// The words of a text as the full-text index counts them: folded, without accents, stemmed.
enum WordScanner {
    /// The stems of the words of UTF-8 `text`, in its order.
    static func stems(_ text: some Collection<UInt8>) -> [[UInt8]] {
        var stems: [[UInt8]] = []
        scan(text) { stems.append(stem($0)) }
        return stems
    }

    /// The words of `text`, in its order, in small letters.
    static func words(_ text: String) -> [String] {
        var words: [String] = []
        scan(text.utf8) { words.append(String(decoding: $0, as: UTF8.self).lowercased()) }
        return words
    }

    /// The stems of the words of `text` that tell something: not of English stop words.
    static func tellingStems(_ text: String) -> Set<[UInt8]> {
        let words = words(text).filter { !StopWords.english.contains($0) }
        return Set(words.map { stem(Array($0.utf8)) })
    }

    private static func scan(_ text: some Collection<UInt8>, _ found: ([UInt8]) -> Void) {
        var word: [UInt8] = []
        for byte in punctuationBlanked(LetterFolding.folded(Array(text))) {
            if isASCIILetter(byte) {
                word.append(byte | 0x20)
            } else if isDigit(byte) || byte >= 0x80 {
                word.append(byte)
            } else if !word.isEmpty {
                found(word)
                word.removeAll(keepingCapacity: true)
            }
        }
        if !word.isEmpty { found(word) }
    }

    private static func stem(_ word: [UInt8]) -> [UInt8] {
        let isASCII = word.allSatisfy { $0 < 0x80 }
        return PorterStem.of(isASCII ? word : folded(word))
    }

    private static func folded(_ word: [UInt8]) -> [UInt8] {
        let text = String(decoding: word, as: UTF8.self)
        let options: String.CompareOptions = [.diacriticInsensitive, .caseInsensitive]
        return Array(text.folding(options: options, locale: nil).utf8)
    }

    /// `text` with typographic and CJK punctuation, U+00A0–U+00BF, U+2000–U+206F and U+3000–U+303F,
    /// made blank.
    private static func punctuationBlanked(_ text: [UInt8]) -> [UInt8] {
        var text = text
        for index in text.indices where text[index] >= 0xC2 {
            let next = index + 1 < text.count ? text[index + 1] : 0
            let length =
                switch (text[index], next) {
                case (0xC2, _): 2
                case (0xE2, 0x80...0x81), (0xE3, 0x80): 3
                default: 0
                }
            for offset in 0..<min(length, text.count - index) { text[index + offset] = 0x20 }
        }
        return text
    }
}
