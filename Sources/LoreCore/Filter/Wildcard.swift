/// What a path, a name or a tag may look like: literal bytes, `?`, `*` and `**`.
///
/// `*` and `?` stay within one name between slashes; `**` does not, and `**/` where a name begins stands
/// for any number of folders, none included. Texts are compared as they are: both sides are folded before.
struct Wildcard: Hashable, Sendable {
    enum Token: Hashable, Sendable {
        case byte(UInt8)
        /// One character, whatever its length in bytes.
        case one
        case star
        case anything
        /// `**/` where a name begins: what comes next begins one.
        case folders
    }

    /// Where a text may go on after the last token.
    enum Ending {
        /// Nowhere: the whole text is matched.
        case whole
        /// At a slash: what lies below a folder is matched with it.
        case wholeOrBelow
        /// At a slash, which must be there.
        case below
    }

    private(set) var tokens: [Token]
    /// Whether anything but literal bytes is asked for.
    let isPattern: Bool

    init(_ tokens: [Token]) {
        self.tokens = tokens
        isPattern = tokens.contains { if case .byte = $0 { false } else { true } }
    }

    init(literal bytes: [UInt8]) { self.init(bytes.map(Token.byte)) }

    var hasSlash: Bool { tokens.contains(.byte(slash)) || tokens.contains(.folders) }

    /// Whether it fits in any folder where it fits in one.
    var isAnywhere: Bool { tokens.first == .folders }

    /// The bytes where nothing else is asked for, else those of the literal places.
    var bytes: [UInt8] {
        tokens.compactMap { if case .byte(let byte) = $0 { byte } else { nil } }
    }

    /// The pattern in any folder.
    func anywhere() -> Wildcard { Wildcard([.folders] + tokens) }

    /// Whether the pattern matches `text` up to an `ending`.
    ///
    /// Of each kind of star only the last one is ever stretched: what an earlier one could still take
    /// cannot help the later ones.
    ///
    /// - Complexity: O(*n*² · *m*) at worst, with `**`; O(*n* · *m*) without.
    func matches(_ text: ArraySlice<UInt8>, _ ending: Ending) -> Bool {
        text.withUnsafeBufferPointer { matches($0, ending) }
    }

    private func matches(_ text: UnsafeBufferPointer<UInt8>, _ ending: Ending) -> Bool {
        var (token, position) = (0, 0)
        var star: (token: Int, position: Int)?
        var deep: (token: Int, position: Int, isFolders: Bool)?
        while true {
            if token == tokens.count, ends(text, position, ending) { return true }
            if token < tokens.count {
                switch tokens[token] {
                case .star:
                    token += 1
                    star = (token, position)
                    continue
                case .anything, .folders:
                    deep = (token + 1, position, tokens[token] == .folders)
                    token += 1
                    star = nil
                    continue
                case .byte(let byte) where position < text.count && text[position] == byte:
                    (token, position) = (token + 1, position + 1)
                    continue
                case .one where position < text.count && text[position] != slash:
                    (token, position) = (token + 1, end(ofCharacterAt: position, text))
                    continue
                default: break
                }
            }
            if let last = star, last.position < text.count, text[last.position] != slash {
                star = (last.token, last.position + 1)
                (token, position) = (last.token, last.position + 1)
            } else if let last = deep, let next = stretched(last, text) {
                deep = (last.token, next, last.isFolders)
                (token, position) = (last.token, next)
                star = nil
            } else {
                return false
            }
        }
    }

    private func ends(_ text: UnsafeBufferPointer<UInt8>, _ position: Int, _ ending: Ending) -> Bool
    {
        let isBelow =
            position < text.count
            && (text[position] == slash || position > 0 && text[position - 1] == slash)
        return switch ending {
        case .whole: position == text.count
        case .wholeOrBelow: position == text.count || isBelow
        case .below: isBelow
        }
    }

    /// Where what follows `**` may begin next; nil at the text's end.
    private func stretched(
        _ last: (token: Int, position: Int, isFolders: Bool), _ text: UnsafeBufferPointer<UInt8>
    ) -> Int? {
        guard last.position < text.count else { return nil }
        guard last.isFolders else { return last.position + 1 }
        return text[last.position...].firstIndex(of: slash).map { $0 + 1 }
    }

    private func end(ofCharacterAt position: Int, _ text: UnsafeBufferPointer<UInt8>) -> Int {
        let next = position + 1
        return text[next...].firstIndex { $0 & 0xC0 != 0x80 } ?? text.count
    }
}

let slash = UInt8(ascii: "/")
