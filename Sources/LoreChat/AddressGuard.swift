import LoreCore

/// Lets no address pass in a model's text that stands in none of the texts it was given.
///
/// Text of a note may order a model to write an address with the user's data in it, which a reader's
/// program then opens. What is held back is the rest of a word from its colon on, so that text is shown
/// as it comes. However the text is cut into pieces, even within what is seen as one character, what
/// passes is the same.
package struct AddressGuard: Sendable {
    /// What stands in place of an address.
    package static let replacement = "(address removed)"

    private var known: Set<String>
    /// The word so far.
    private var word: [Unicode.Scalar] = []
    /// So many scalars of its end have not been handed out.
    private var held = 0
    /// Whether the word so far may become an address.
    private var isSuspect = false
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
        var shown = String.UnicodeScalarView()
        for scalar in piece.unicodeScalars {
            if Self.parts(scalar) {
                shown += endWord().unicodeScalars
                shown.append(scalar)
            } else {
                take(scalar)
                if !isSuspect { shown += release().unicodeScalars }
            }
        }
        return String(shown)
    }

    /// What is left at the end of the text.
    package mutating func finish() -> String { endWord() }

    /// The whole `text` without such addresses.
    package func passing(_ text: String) -> String {
        var fresh = self
        return fresh.read(text) + fresh.finish()
    }

    private mutating func take(_ scalar: Unicode.Scalar) {
        word.append(scalar)
        held += 1
        if word.count <= Self.longestBeginning {
            isSuspect = Self.isSuspect(word)
        } else if scalar == ":" {
            isSuspect = true
        }
    }

    private mutating func release() -> String {
        defer { held = 0 }
        return Self.text(word.suffix(held))
    }

    private mutating func endWord() -> String {
        defer { (word, isSuspect) = ([], false) }
        guard Self.isAddress(word), !known.contains(Self.plain(Self.text(word))) else {
            return release()
        }
        (held, removed) = (0, removed + 1)
        return Self.replacement
    }

    private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    private static func addresses(in text: String) -> [String] {
        text.unicodeScalars.split(whereSeparator: parts).filter(isAddress)
            .map { plain(String($0)) }
    }

    /// Those that need no slashes.
    private static let schemes = [
        "http:", "https:", "javascript:", "data:", "vbscript:", "mailto:",
    ]
    .map { Array($0.utf8) }
    private static let host = Array("www.".utf8)
    private static let beginnings = [host] + schemes
    /// A longer word becomes suspect by a colon alone.
    private static let longestBeginning = beginnings.map(\.count).max() ?? 0
    private static let slashes = BytePattern("://".utf8)

    /// Whether a word that begins so may be an address.
    private static func isSuspect(_ beginning: [Unicode.Scalar]) -> Bool {
        let bytes = folded(beginning)
        return bytes.contains(UInt8(ascii: ":")) || bytes.first == UInt8(ascii: "/")
            || bytes.starts(with: host) || beginnings.contains { $0.starts(with: bytes) }
    }

    /// Whether `word` is something that a program would open.
    private static func isAddress(_ word: some Sequence<Unicode.Scalar>) -> Bool {
        let bytes = folded(word)
        return slashes.first(in: bytes) != nil || bytes.starts(with: host)
            || bytes.starts(with: "//".utf8)
            || schemes.contains { bytes.starts(with: $0) && bytes.count > $0.count }
    }

    /// A byte for each scalar: its small letter, or 0 where it is not of ASCII.
    private static func folded(_ word: some Sequence<Unicode.Scalar>) -> [UInt8] {
        word.map { scalar in
            guard scalar.isASCII else { return 0 }
            let byte = UInt8(scalar.value)
            return UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte + 32 : byte
        }
    }

    /// `word` without the marks of the sentence behind it.
    private static func plain(_ word: String) -> String {
        var word = word[...]
        while let last = word.last, ".,;:!?*_/".contains(last) { word.removeLast() }
        return String(word)
    }

    private static func parts(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || "<>\"'()[]{}|\\`".unicodeScalars.contains(scalar)
    }
}
