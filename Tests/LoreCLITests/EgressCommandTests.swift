import Foundation
import LoreCore
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct EgressCommandTests {
    private let provider: ScriptedProvider
    private let place: Workplace

    init() throws {
        provider = try ScriptedProvider()
        place = try Workplace(environment: [
            // Is this machine, and is not loopback.
            "OPENAI_BASE_URL": "http://0.0.0.0:\(provider.server.port)/v1",
            "OPENAI_API_KEY": "sk-4711", "OLLAMA_HOST": provider.server.address(""),
            "LORE_MODEL": "openai:gpt-6-luna", "LORE_RETRIES": "0",
        ])
        try place.write("# Tea\n\nSteep the wombat blend for four minutes.\n", to: "tea.md")
        try place.write("One line on the wombat blend.\n", to: "line.md")
        try place.write(
            "---\ntags: [private]\n---\n# Mine\n\nThe wombat blend is kept in the attic.\n",
            to: "mine.md")
        try place.run("index", place.notes)
    }

    /// The places that the provider was sent, in the order of their going.
    private var recorded: [String] {
        provider.server.log.requests.flatMap { request in
            String(decoding: request.body, as: UTF8.self)
                .matches(of: /\\n(\w+\.md), lines (\d+)-(\d+)/).map {
                    let (_, path, first, last) = $0.output
                    return first == last ? "\(path):\(first)" : "\(path):\(first)-\(last)"
                }
        }
    }

    @Test func `the list is what was sent, to whom, what for and when`() throws {
        let question = "How long to steep the wombat blend?"
        try place.run("ask", question)
        try place.run("batch", "submit", "-", input: "\"\(question)\"\n")
        try place.run("ask", "-m", "ollama:qwen3", question)

        let plain = try place.run("egress")
        let json = try place.run("egress", "--json", "--since", "1d")

        #expect(plain.status == 0, "\(plain.error)")
        let lines = plain.text.split(separator: "\n").map { $0.components(separatedBy: "  ") }
        #expect(
            lines.map { $0[1] } == Array(repeating: "0.0.0.0:\(provider.server.port)", count: 4))
        #expect(lines.map { $0[2] } == ["answer", "answer", "batch", "batch"])
        let local = recorded.suffix(3)
        #expect(lines.map { $0[3] } == recorded.dropLast(3))
        #expect(local.contains { $0.hasPrefix("mine.md") })
        #expect(!plain.text.contains("mine.md"))
        #expect(lines.allSatisfy { $0[0].wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil })
        let entries = try #require(json.json["entries"] as? [[String: Any]])
        #expect(entries.map { $0["at"] as? String } == lines.map { $0[0] })
        #expect(entries.map { $0["host"] as? String } == lines.map { $0[1] })
        #expect(entries.map { $0["purpose"] as? String } == lines.map { $0[2] })
        #expect(
            entries.map { entry -> String in
                let (first, last) = (entry["start_line"] as? Int, entry["end_line"] as? Int)
                let range = first == last ? "\(first ?? 0)" : "\(first ?? 0)-\(last ?? 0)"
                return "\(entry["path"] ?? ""):\(range)"
            } == lines.map { $0[3] })
    }

    @Test func `where nothing was sent the list is empty, and says so`() throws {
        try place.run("ask", "-m", "ollama:qwen3", "How long to steep the wombat blend?")

        let plain = try place.run("egress")
        let json = try place.run("egress", "--json")

        #expect(plain.status == 0)
        #expect(plain.text.isEmpty)
        #expect(plain.error == "lore: no text of a note has gone to another host\n")
        #expect((json.json["entries"] as? [Any])?.isEmpty == true)
    }
}
