import Foundation
import LoreCore
import TestSupport
import Testing

@testable import Lore

/// Four notes about a pump: one that may be sent, one by its tag, one by its front matter and one by its
/// folder on this machine only; and some of other matters, so that its words tell something.
struct LocalOnlyNotes: Sendable {
    let folder: TemporaryFolder
    let cloud: RecordedCloud
    static let remote = "anthropic:claude-haiku-4-5"
    static let local = "ollama:qwen3"
    static let question = "How many minutes does the pump run?"

    static let open = "# Pump\n\nThe pump of the garden runs for nine minutes each night.\n"
    static let secrets = [
        "notes/tagged.md":
            "---\ntags: [Private/home]\n---\n# Pump one\n\n"
            + "The hidden pump under the cellar stairs runs forty-one minutes.\n",
        "notes/marked.md":
            "---\nlocal_only: true\n---\n# Pump two\n\n"
            + "Behind the third brick a secret pump runs sixty-six minutes.\n",
        "journal/day.md":
            "# Pump three\n\nDear diary, my private pump runs eighty-eight minutes, nobody knows.\n",
    ]

    init() throws {
        folder = try TemporaryFolder()
        cloud = try RecordedCloud()
        try folder.write(Self.open, to: "notes/open.md")
        for (path, text) in Self.secrets { try folder.write(text, to: path) }
        for word in ["bread", "salt", "flour", "yeast", "water", "oven"] {
            try folder.write("# Baking\n\nMind the \(word).\n", to: "other/\(word).md")
        }
    }

    func knowledgeBase(
        _ change: (inout Configuration) -> Void = { _ in }
    ) -> KnowledgeBase {
        var configuration = Configuration(in: folder)
        configuration.providers = cloud.variables
        configuration.retries = 0
        configuration.localOnlyFolders = ["Journal"]
        change(&configuration)
        return KnowledgeBase(configuration: configuration)
    }

    /// Brings the folders of these names into the index.
    @discardableResult
    func index(
        _ knowledgeBase: KnowledgeBase, _ names: [String] = ["notes", "journal", "other"]
    ) async throws -> IndexReport {
        try await knowledgeBase.index(
            IndexRequest(folders: names.map { folder.url.appending(path: $0).path }))
    }

    /// Checks that nothing of a local-only note went elsewhere.
    func expectNoLeak() {
        for (path, text) in Self.secrets {
            let leak = cloud.leak(of: text)
            #expect(leak == nil, "of \(path)")
        }
    }

    /// As `RecordedCloud.passages` has them.
    func places(_ entries: [EgressEntry]) -> [String] {
        entries.map { "\($0.path):\($0.lines.lowerBound)-\($0.lines.upperBound)" }
    }
}
