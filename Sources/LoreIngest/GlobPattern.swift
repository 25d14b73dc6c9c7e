/// One pattern of an ignore file, ready to match.
///
/// Matching works on bytes, as git's does: `?` is one byte. Its time is bounded by the product of
/// the lengths of pattern and path, since each kind of star only ever goes back to its last one.
struct GlobPattern: Sendable {
    /// What one place in a pattern asks of the path.
    enum Token: Hashable, Sendable {
        case byte(UInt8)
        case anyByte
        case set(ByteSet)
        case star
    }

    /// What one part between slashes asks of the path.
    private enum Part: Hashable, Sendable {
        case name([Token])
        /// `**`: any number of folders, none included.
        case folders
        /// `**` at the end: at least one name, whatever it is.
        case anythingBelow
    }

    private let parts: [Part]

    /// Reads a pattern without its `!`, its leading and its trailing slash.
    ///
    /// - Returns: nil for a pattern that can match nothing, such as an unclosed bracket.
    init?(_ pattern: ArraySlice<UInt8>) {
        var parts: [Part] = []
        var position = pattern.startIndex
        while true {
            guard let (tokens, end) = Self.readPart(pattern, from: position) else { return nil }
            let isFolders = pattern[position..<end].elementsEqual([0x2A, 0x2A])
            let isLast = end == pattern.endIndex
            parts.append(isFolders ? (isLast ? .anythingBelow : .folders) : .name(tokens))
            if isLast { break }
            position = end + 1
        }
        self.parts = parts
    }

    /// Whether the pattern matches the whole of `path`, parts joined by `/`.
    func matches(_ path: ArraySlice<UInt8>) -> Bool {
        var part = 0
        var position: Int? = path.startIndex
        var retry: (part: Int, position: Int)?
        while true {
            if let here = position, part < parts.count {
                switch parts[part] {
                case .anythingBelow: return true
                case .folders:
                    part += 1
                    retry = (part, here)
                    continue
                case .name(let tokens):
                    let end = path[here...].firstIndex(of: slash) ?? path.endIndex
                    if Self.matches(tokens, path[here..<end]) {
                        part += 1
                        position = end == path.endIndex ? nil : end + 1
                        continue
                    }
                }
            } else if position == nil, part == parts.count {
                return true
            }
            guard let last = retry, let next = path[last.position...].firstIndex(of: slash) else {
                return false
            }
            part = last.part
            position = next + 1
            retry = (part, next + 1)
        }
    }

    /// Whether `tokens` match the whole of one name.
    static func matches(_ tokens: [Token], _ name: ArraySlice<UInt8>) -> Bool {
        var token = 0
        var position = name.startIndex
        var retry: (token: Int, position: Int)?
        while position < name.endIndex || token < tokens.count {
            if token < tokens.count {
                if case .star = tokens[token] {
                    token += 1
                    retry = (token, position)
                    continue
                }
                if position < name.endIndex, tokens[token].accepts(name[position]) {
                    token += 1
                    position += 1
                    continue
                }
            }
            guard let last = retry, last.position < name.endIndex else { return false }
            token = last.token
            position = last.position + 1
            retry = (token, position)
        }
        return true
    }

    /// Reads up to the next slash; nil where a bracket or an escape has no end.
    private static func readPart(
        _ pattern: ArraySlice<UInt8>, from start: Int
    ) -> (tokens: [Token], end: Int)? {
        var tokens: [Token] = []
        var position = start
        while position < pattern.endIndex, pattern[position] != slash {
            switch pattern[position] {
            case UInt8(ascii: "*"):
                if tokens.last != .star { tokens.append(.star) }
                position += 1
            case UInt8(ascii: "?"):
                tokens.append(.anyByte)
                position += 1
            case UInt8(ascii: "["):
                guard let (set, end) = ByteSet.read(pattern, from: position) else { return nil }
                tokens.append(.set(set))
                position = end
            case UInt8(ascii: "\\"):
                guard position + 1 < pattern.endIndex else { return nil }
                if pattern[position + 1] == slash { return (tokens, position + 1) }
                tokens.append(.byte(pattern[position + 1]))
                position += 2
            case let byte:
                tokens.append(.byte(byte))
                position += 1
            }
        }
        return (tokens, position)
    }
}

let slash = UInt8(ascii: "/")

extension GlobPattern.Token {
    /// Whether the token takes this byte of a name.
    func accepts(_ byte: UInt8) -> Bool {
        switch self {
        case .byte(let own): own == byte
        case .anyByte: true
        case .set(let set): set.contains(byte)
        case .star: false
        }
    }
}
