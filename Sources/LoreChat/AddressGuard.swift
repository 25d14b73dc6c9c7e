/// Lets no address pass in a model's text that stands in none of the texts it was given.
///
/// Text of a note may order a model to write an address with the user's data in it, which a reader's
/// program then opens. What is held back is the rest of a word from its colon on, so that text is shown
/// as it comes.
package struct AddressGuard: Sendable {
    /// What stands in place of an address.
    package static let replacement = "(address removed)"

    private var known: Set<String>
    /// The word so far.
    private var word = ""
    /// Its end that has not been handed out.
    private var held = ""
    package private(set) var removed = 0

    /// - Parameter texts: What the model was given.
    package init(knowing texts: [String]) {
        known = Set(texts.flatMap(Self.addresses))
    }

    /// Lets the addresses in `texts` pass too.
    package mutating func learn(_ texts: [String]) {
        known.formUnion(texts.flatMap(Self.addresses))
    }

    /// The part of `piece`, and of what was held back, that may be shown now.
    package mutating func read(_ piece: String) -> String {
        var shown = ""
        for character in piece {
            if Self.parts(character) {
                shown += endWord()
                shown.append(character)
            } else {
                word.append(character)
                held.append(character)
                if !isSuspect { shown += release() }
            }
        }
        return shown
    }

    /// What is left at the end of the text.
    package mutating func finish() -> String { endWord() }

    /// The whole `text` without such addresses.
    package func passing(_ text: String) -> String {
        var fresh = self
        return fresh.read(text) + fresh.finish()
    }

    /// Whether the word so far may become an address.
    private var isSuspect: Bool {
        let lower = word.lowercased()
        let beginnings = ["www.", "http:", "https:"] + Self.schemes
        return word.contains(":") || lower.hasPrefix("www.") || word.hasPrefix("/")
            || beginnings.contains { $0.hasPrefix(lower) }
    }

    private mutating func release() -> String {
        defer { held = "" }
        return held
    }

    private mutating func endWord() -> String {
        defer { (word, held) = ("", "") }
        guard Self.isAddress(word), !known.contains(Self.plain(word)) else { return held }
        removed += 1
        return Self.replacement
    }

    private static func addresses(in text: String) -> [String] {
        text.split(whereSeparator: parts).map(String.init).filter(isAddress).map(plain)
    }

    /// Those that need no slashes.
    private static let schemes = ["javascript:", "data:", "vbscript:", "mailto:"]

    /// Whether `word` is something that a program would open.
    private static func isAddress(_ word: String) -> Bool {
        let word = word.lowercased()
        return word.contains("://") || word.hasPrefix("www.") || word.hasPrefix("//")
            || schemes.contains { word.hasPrefix($0) && word != $0 }
    }

    /// `word` without the marks of the sentence behind it.
    private static func plain(_ word: String) -> String {
        var word = word[...]
        while let last = word.last, ".,;:!?*_/".contains(last) { word.removeLast() }
        return String(word)
    }

    private static func parts(_ character: Character) -> Bool {
        character.isWhitespace || "<>\"'()[]{}|\\`".contains(character)
    }
}
