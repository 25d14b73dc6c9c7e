/// The patterns of one ignore file, with gitignore's meaning.
///
/// - SeeAlso: gitignore(5), "PATTERN FORMAT"
struct IgnoreRules: Sendable {
    private struct Rule: Sendable {
        let pattern: GlobPattern
        let isNegated: Bool
        let onlyFolders: Bool
        /// A pattern with a slash in it is matched against the path, any other against the name.
        let matchesPath: Bool
    }

    private let rules: [Rule]

    var isEmpty: Bool { rules.isEmpty }

    init(_ file: [UInt8]) {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = file.starts(with: byteOrderMark) ? file.dropFirst(3) : file[...]
        rules = text.split(separator: UInt8(ascii: "\n")).compactMap(Self.rule)
    }

    /// Whether the rules say that a file or folder is ignored; nil where none speaks of it.
    ///
    /// The last rule that matches decides. `path` lies below the folder that holds the ignore file;
    /// its last part starts at `nameStart`.
    func verdict(_ path: ArraySlice<UInt8>, nameStart: Int, isFolder: Bool) -> Bool? {
        for rule in rules.reversed() where isFolder || !rule.onlyFolders {
            if rule.pattern.matches(rule.matchesPath ? path : path[nameStart...]) {
                return !rule.isNegated
            }
        }
        return nil
    }

    private static func rule(_ line: ArraySlice<UInt8>) -> Rule? {
        var pattern = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        guard pattern.first != UInt8(ascii: "#") else { return nil }
        pattern = withoutTrailingSpaces(pattern)
        let isNegated = pattern.first == UInt8(ascii: "!")
        if isNegated { pattern = pattern.dropFirst() }
        let onlyFolders = pattern.last == slash
        if onlyFolders { pattern = pattern.dropLast() }
        let matchesPath = pattern.contains(slash)
        if pattern.first == slash { pattern = pattern.dropFirst() }
        guard !pattern.isEmpty, let glob = GlobPattern(pattern) else { return nil }
        return Rule(
            pattern: glob, isNegated: isNegated, onlyFolders: onlyFolders, matchesPath: matchesPath)
    }

    /// Spaces at the end do not count unless a backslash stands before them.
    private static func withoutTrailingSpaces(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var end = line.startIndex
        var position = line.startIndex
        while position < line.endIndex {
            let isEscape = line[position] == UInt8(ascii: "\\")
            let next = min(position + (isEscape ? 2 : 1), line.endIndex)
            if line[position] != UInt8(ascii: " ") { end = next }
            position = next
        }
        return line[..<end]
    }
}
