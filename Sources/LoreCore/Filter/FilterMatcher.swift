/// A filter as it is on one day: what `today-7d` means is known.
package struct FilterMatcher: Sendable {
    private indirect enum Test: Sendable {
        case all([Test])
        case any([Test])
        case not(Test)
        case term(FilterTerm)
        case days(Range<Int>, changed: Range<Int64>)
    }

    /// What of a note is looked at.
    package let needs: FilterNeeds
    private let test: Test

    /// - Parameters:
    ///   - filter: What to look for.
    ///   - today: The day where the user is.
    ///   - startOfDay: When a day starts there, in nanoseconds since 1970 in UTC.
    package init(_ filter: Filter, today: Day, startOfDay: (Day) -> Int64) {
        test = Self.test(filter.root, today, startOfDay)
        needs = Self.needs(filter.root)
    }

    /// Whether the note passes.
    package func matches(_ note: NoteFacts) -> Bool { Self.holds(test, note) }

    private static func test(
        _ node: FilterNode, _ today: Day, _ startOfDay: (Day) -> Int64
    ) -> Test {
        switch node {
        case .all(let nodes): return .all(nodes.map { test($0, today, startOfDay) })
        case .any(let nodes): return .any(nodes.map { test($0, today, startOfDay) })
        case .not(let node): return .not(test(node, today, startOfDay))
        case .term(.date(let period)):
            let (from, until) = period.days(today: today)
            let first = from?.number ?? .min
            let changed = from.map(startOfDay) ?? .min
            return .days(
                first..<max(first, until?.number ?? .max),
                changed: changed..<max(changed, until.map(startOfDay) ?? .max))
        case .term(let term): return .term(term)
        }
    }

    private static func needs(_ node: FilterNode) -> FilterNeeds {
        switch node {
        case .all(let nodes), .any(let nodes):
            return nodes.reduce(into: []) { $0.formUnion(needs($1)) }
        case .not(let node): return needs(node)
        case .term(let term): return term.needs
        }
    }

    private static func holds(_ test: Test, _ note: NoteFacts) -> Bool {
        switch test {
        case .all(let tests): tests.allSatisfy { holds($0, note) }
        case .any(let tests): tests.contains { holds($0, note) }
        case .not(let test): !holds(test, note)
        case .term(let term): term.holds(for: note)
        case .days(let days, let changed):
            note.statedDay.map { days.contains($0.number) }
                ?? changed.contains(note.modifiedNanoseconds)
        }
    }
}

extension NoteFacts {
    /// The day of the front matter, else that in the file's name; nil: that of the last change.
    var statedDay: Day? { day ?? Day(inFileName: fileName) }

    var fileName: ArraySlice<UInt8> {
        path[(path.lastIndex(of: slash).map { $0 + 1 } ?? path.startIndex)...]
    }

    /// What stands behind the last dot of the file's name.
    var ending: ArraySlice<UInt8> {
        fileName.lastIndex(of: UInt8(ascii: ".")).map { fileName[($0 + 1)...] } ?? []
    }
}

extension FilterTerm {
    fileprivate var needs: FilterNeeds {
        switch self {
        case .tag: .tags
        case .path, .folder: [.path, .folder]
        case .file, .ending: .path
        case .type: [.path, .format]
        case .title: .title
        case .alias: .aliases
        case .date: [.path, .dates]
        }
    }

    fileprivate func holds(for note: NoteFacts) -> Bool {
        switch self {
        case .tag(let tag): note.tags.contains { Self.isTag($0, tag) }
        case .path(let path): Self.isPath(note, path)
        case .folder(let folder): folder.matches(note.fullPath[...], .below)
        case .file(let name):
            name.isPattern
                ? name.matches(note.fileName, .whole) : contains(note.fileName, name.bytes)
        case .type(let formats, let ending):
            formats.contains { note.format.elementsEqual($0.rawValue.utf8) }
                || note.ending.elementsEqual(ending)
        case .ending(let ending): note.ending.elementsEqual(ending)
        case .title(let words): contains(note.title, words)
        case .alias(let words): note.aliases.contains { contains($0, words) }
        case .date: preconditionFailure("a date is resolved before")
        }
    }

    private static func isTag(_ tag: [UInt8], _ wanted: Wildcard) -> Bool {
        wanted.matches(tag[...], .wholeOrBelow)
    }

    private static func isPath(_ note: NoteFacts, _ wanted: Wildcard) -> Bool {
        guard wanted.isPattern else {
            let start = wanted.bytes
            return note.path.starts(with: start) || note.fullPath.starts(with: start)
        }
        // What fits in any folder fits below the registered one.
        return wanted.matches(note.fullPath[...], .wholeOrBelow)
            || !wanted.isAnywhere && wanted.matches(note.path, .wholeOrBelow)
    }
}
