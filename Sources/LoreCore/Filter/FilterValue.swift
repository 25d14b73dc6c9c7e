/// What stands behind a field's colon: quoted and bare pieces, in their order.
struct FilterValue: Hashable {
    enum Piece: Hashable {
        /// In quotes: every byte means itself.
        case quoted([UInt8])
        /// `*` and `?` may mean any text.
        case bare([UInt8])
    }

    var pieces: [Piece] = []

    /// All of it, quotes taken off.
    var bytes: [UInt8] {
        pieces.flatMap { piece in
            switch piece {
            case .quoted(let bytes), .bare(let bytes): bytes
            }
        }
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The value as a pattern, folded.
    var wildcard: Wildcard {
        var tokens: [Wildcard.Token] = []
        var literal: [UInt8] = []
        for (byte, isQuoted) in units {
            guard !isQuoted, byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") else {
                if byte == slash, literal.isEmpty, Self.endsInFolders(tokens) {
                    tokens[tokens.count - 1] = .folders
                } else {
                    literal.append(byte)
                }
                continue
            }
            tokens += folded(literal).map(Wildcard.Token.byte)
            literal = []
            if byte == UInt8(ascii: "?") {
                tokens.append(.one)
            } else if tokens.last == .star {
                tokens[tokens.count - 1] = .anything
            } else if tokens.last != .anything {
                tokens.append(.star)
            }
        }
        return Wildcard(tokens + folded(literal).map(Wildcard.Token.byte))
    }

    /// Whether a slash makes the `**` at the end stand for folders: where it begins a name.
    private static func endsInFolders(_ tokens: [Wildcard.Token]) -> Bool {
        guard tokens.last == .anything else { return false }
        let before = tokens.dropLast().last
        return before == nil || before == .byte(slash) || before == .folders
    }

    private var units: [(byte: UInt8, isQuoted: Bool)] {
        pieces.flatMap { piece in
            switch piece {
            case .quoted(let bytes): bytes.map { ($0, true) }
            case .bare(let bytes): bytes.map { ($0, false) }
            }
        }
    }

    /// The value without `prefix`, where it starts with that outside of quotes.
    func dropping(prefix: String) -> FilterValue {
        guard case .bare(let bytes) = pieces.first, bytes.starts(with: prefix.utf8) else {
            return self
        }
        var value = self
        value.pieces[0] = .bare(Array(bytes.dropFirst(prefix.utf8.count)))
        return value
    }
}
