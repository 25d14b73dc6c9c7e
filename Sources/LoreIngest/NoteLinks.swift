import Foundation
package import LoreCore

/// Where the links of a note lead: wikilinks, Markdown links and their definitions, links of Org.
///
/// Links within code are none. A name that several notes bear leads to each of them.
package struct NoteLinks: Sendable {
    /// Paths below the folder, folded, that links spell out.
    private var paths: Set<[UInt8]> = []
    /// Names of notes, folded, as wikilinks have them: a path's end, a title or an alias.
    private var names: Set<[UInt8]> = []
    /// Parts of the path of the note's own folder.
    private let folder: [Substring]

    /// - Parameters:
    ///   - text: The note's text.
    ///   - path: The note's path below the indexed folder.
    package init(text: String, path: String) {
        folder = path.split(separator: "/").dropLast()
        var scanner = LinkScanner()
        for line in text.split(whereSeparator: \.isNewline) {
            for target in scanner.targets(in: line) { add(target) }
        }
    }

    package var isEmpty: Bool { paths.isEmpty && names.isEmpty }

    /// Whether a link leads to `document`, a note of the same folder.
    package func lead(to document: Document) -> Bool {
        let path = folded(document.path.utf8)
        let bare = Self.withoutExtension(path)
        if paths.contains(path) || paths.contains(bare) { return true }
        guard !names.isEmpty else { return false }
        return ([document.title] + document.aliases).contains { names.contains(folded($0.utf8)) }
            || Self.ends(of: path).contains(where: names.contains)
            || Self.ends(of: bare).contains(where: names.contains)
    }

    private mutating func add(_ target: LinkTarget) {
        switch target {
        case .name(let name):
            names.insert(folded(name.utf8))
            if name.hasPrefix(".") { insert(name) }
        case .destination(let destination):
            guard let path = Self.path(destination) else { return }
            insert(path)
        }
    }

    private mutating func insert(_ path: String) {
        var parts = path.hasPrefix("/") ? [] : folder
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        paths.insert(folded(parts.joined(separator: "/").utf8))
    }

    /// The path that a destination of a Markdown link means; nil for an address or a place within
    /// the note.
    private static func path(_ destination: String) -> String? {
        let end = destination.firstIndex { $0 == "#" || $0 == "?" } ?? destination.endIndex
        let path = String(destination[..<end])
        let first = path.prefix { $0 != "/" }
        guard !path.isEmpty, !path.hasPrefix("//"), !first.contains(":") else { return nil }
        return path.removingPercentEncoding ?? path
    }

    /// The path, and what follows each of its slashes.
    private static func ends(of path: [UInt8]) -> [[UInt8]] {
        let slash = UInt8(ascii: "/")
        return [path] + path.indices.filter { path[$0] == slash }.map { Array(path[($0 + 1)...]) }
    }

    private static func withoutExtension(_ path: [UInt8]) -> [UInt8] {
        guard let dot = path.lastIndex(of: UInt8(ascii: ".")), dot > 0,
            !path[dot...].contains(UInt8(ascii: "/")), path[dot - 1] != UInt8(ascii: "/")
        else { return path }
        return Array(path[..<dot])
    }
}
