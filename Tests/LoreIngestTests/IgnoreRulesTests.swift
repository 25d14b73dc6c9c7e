import Testing

@testable import LoreIngest

@Suite struct IgnoreRulesTests {
    @Test func `every feature of the syntax means what git says it means`() {
        for fact in chosenIgnoreFacts { check(fact) }
    }

    @Test func `random patterns mean what git says they mean`() {
        for fact in randomIgnoreFacts { check(fact) }
    }

    @Test func `a loreignore decides before a gitignore, wherever the two lie`() {
        var stack = IgnoreStack()
        stack.push(
            git: IgnoreRules(Array("a.md".utf8)), lore: IgnoreRules(Array("!in/a.md\nb.md".utf8)),
            folder: 0)
        #expect(stack.excludes(Array("a.md".utf8), nameStart: 0, isFolder: false))
        #expect(stack.excludes(Array("b.md".utf8), nameStart: 0, isFolder: false))

        stack.push(git: IgnoreRules(Array("!b.md".utf8)), lore: IgnoreRules([]), folder: 3)
        #expect(!stack.excludes(Array("in/a.md".utf8), nameStart: 3, isFolder: false))
        #expect(stack.excludes(Array("in/b.md".utf8), nameStart: 3, isFolder: false))
    }

    @Test func `a pattern of many stars takes no longer than its length times that of the path`() {
        let rules = IgnoreRules(Array((String(repeating: "*a", count: 400) + "b").utf8))
        let name = Array(String(repeating: "a", count: 4000).utf8)
        #expect(rules.verdict(name[...], nameStart: 0, isFolder: false) == nil)
    }

    private func check(_ fact: IgnoreFact) {
        let ignored = IgnoreFact.tree.filter { isIgnored($0, by: fact.rules) }
        #expect(ignored == fact.ignored, "rules: \(fact.rules)")
    }

    /// Asks from the root down, as the walk does.
    private func isIgnored(_ path: String, by files: [String: String]) -> Bool {
        let bytes = Array(path.utf8)
        var stack = IgnoreStack()
        var start = 0
        while start < bytes.count {
            let folder = String(decoding: bytes[..<max(start - 1, 0)], as: UTF8.self)
            let rules = IgnoreRules(Array((files[folder] ?? "").utf8))
            stack.push(git: rules, lore: IgnoreRules([]), folder: start)
            let slash = bytes[start...].firstIndex(of: UInt8(ascii: "/"))
            let part = Array(bytes[..<(slash ?? bytes.count)])
            if stack.excludes(part, nameStart: start, isFolder: slash != nil) { return true }
            start = slash.map { $0 + 1 } ?? bytes.count
        }
        return false
    }
}
