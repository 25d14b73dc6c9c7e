import Foundation
import TestSupport
import Testing

@Suite struct AskCommandTests {
    private func vault() throws -> Workplace {
        let place = try Workplace(hasModel: true)
        try place.write(
            """
            # Boiler

            The boiler was serviced on 3 March by the man from Lund. The bill came to 1,200 kronor.

            ## Pressure

            Keep the pressure at 1.5 bar when it is cold.
            """, to: "home/boiler.md")
        try place.write("# Bread\n\nFlour, water and salt. Bake at 240 degrees.\n", to: "bread.md")
        try place.write("# Retries\n\nWait two seconds, then double the delay.\n", to: "retries.md")
        try place.run("index", place.notes)
        return place
    }

    @Test func `an answer quotes the note and says where it stands`() throws {
        let place = try vault()

        let result = try place.run("ask", "When was the boiler serviced?")

        #expect(result.status == 0, "\(result.error)")
        #expect(result.text.contains("serviced on 3 March"))
        #expect(result.text.contains("[1] home/boiler.md:3"))
    }

    @Test func `each quote is in the file byte for byte at the lines stated`() throws {
        let place = try vault()

        let result = try place.run("ask", "What pressure should the boiler have?", "--json")

        #expect(result.json["state"] as? String == "grounded")
        let citations = result.json["citations"] as? [[String: Any]] ?? []
        #expect(!citations.isEmpty)
        for citation in citations {
            let path = try #require(citation["path"] as? String)
            let start = try #require(citation["start_line"] as? Int)
            let end = try #require(citation["end_line"] as? Int)
            let quote = try #require(citation["quote"] as? String)
            let lines = try place.run("get", "\(path):\(start)-\(end)").text
            #expect(lines.contains(quote))
            #expect(citation["verified"] as? Bool == true)
        }
    }

    @Test func `a note edited since indexing is not quoted as it was`() throws {
        let place = try vault()
        try place.write("# Boiler\n\nThe boiler was torn out.\n", to: "home/boiler.md")

        let result = try place.run("ask", "When was the boiler serviced?", "--json")

        let citations = result.json["citations"] as? [[String: Any]] ?? []
        let stale = citations.filter { ($0["quote"] as? String)?.contains("3 March") == true }
        #expect(stale.allSatisfy { $0["verified"] as? Bool == false })
        #expect(stale.isEmpty || result.json["state"] as? String == "ungrounded")
    }

    @Test func `what the notes do not say ends with status 3 and invents nothing`() throws {
        let place = try vault()

        let result = try place.run("ask", "Who won the chess olympiad in Tromsø?", "--json")

        #expect(result.status == 3)
        #expect(result.json["state"] as? String == "not_found")
        #expect(result.json["answer"] as? String == "")
        #expect((result.json["citations"] as? [Any])?.isEmpty == true)
    }

    @Test(arguments: ["", "   ", "???"])
    func `a question without words is refused or not found`(question: String) throws {
        let place = try vault()

        let status = try place.run("ask", "--", question).status

        #expect(status == 2 || status == 3)
    }

    @Test func `a model that lore does not have is an error that names the one it has`() throws {
        let place = try vault()

        let result = try place.run("ask", "-m", "nonesuch", "When?")

        #expect(result.status == 2)
        #expect(result.error.contains("extractive"))
    }
}
