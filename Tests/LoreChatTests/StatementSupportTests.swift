import LoreChat
import LoreCore
import Testing

/// Which sentence a statement is cited with, whatever a model names.
@Suite struct StatementSupportTests {
    private let sentences = QuotableSentences(of: [
        hit(
            title: "Bike 2026", date: "2026-10-02",
            text: """
                The seatpost bolt takes 6 Nm. The stem bolts take five newton metres. Chains cost 31.50 EUR. \
                The shop is closed on Mondays. Ask for Jonas.
                """, path: "bike.md"),
        hit(
            text: """
                The boiler locks out under one bar. It holds 1,480 litres. It was serviced in October.
                """, path: "boiler.md"),
    ])

    private func quotes(
        _ statement: String, _ ids: String..., answering question: String = ""
    ) -> [String] {
        sentences.citations(of: Statement(text: statement, sources: ids), answering: question)
            .map(\.quote)
    }

    @Test func `a sentence that says it is cited as it is named`() {
        #expect(
            quotes("Its seatpost bolt takes 6 Nm.", "1.1") == ["The seatpost bolt takes 6 Nm."])
    }

    @Test func `where another sentence says it, that one is cited`() {
        #expect(
            quotes("The seatpost bolt takes 6 Nm.", "2.3") == ["The seatpost bolt takes 6 Nm."])
        #expect(quotes("Jonas: ask for him.", "1.4") == ["Ask for Jonas."])
    }

    @Test func `of two that say it alike the first is cited`() {
        let twice = QuotableSentences(of: [
            hit(text: "Nobody knows.", path: "a.md"), hit(text: "Use soft water.", path: "b.md"),
            hit(text: "Use soft water.", path: "c.md"),
        ])

        let citations = twice.citations(
            of: Statement(text: "Use soft water.", sources: ["1.1"]), answering: "")

        #expect(citations.map(\.path) == ["b.md"])
    }

    @Test func `of several that are named those stay that have a part in it`() {
        #expect(
            quotes("The shop is closed on Mondays, ask for Jonas.", "1.4", "1.5", "2.1") == [
                "The shop is closed on Mondays.", "Ask for Jonas.",
            ])
    }

    @Test(arguments: [
        "The seatpost bolt takes 40 Nm.", "A chain costs 31.55 EUR.", "It holds 1,481 litres.",
        "The boiler locks out under 2 bar.", "Chains cost 3150 EUR.",
        "The boiler locks out under 1.0 bar.",
    ])
    func `a number that no sentence has is cited with none`(statement: String) {
        #expect(quotes(statement, "1.1").isEmpty)
    }

    @Test(arguments: [
        ("It holds 1480 litres.", "It holds 1,480 litres."),
        ("The boiler locks out under 1 bar.", "The boiler locks out under one bar."),
        ("In 2026 chains cost 31,50 EUR.", "Chains cost 31.50 EUR."),
        ("On 2026-10-02 chains cost 31.50 EUR.", "Chains cost 31.50 EUR."),
    ])
    func `numbers may be written in another way, or stand in title and date`(
        statement: String, quote: String
    ) {
        #expect(quotes(statement, "1.5") == [quote])
    }

    @Test func `a number of the question needs no source`() {
        let statement = "Boiler 7 locks out under one bar."

        #expect(quotes(statement, "2.1").isEmpty)
        #expect(quotes(statement, "2.1", answering: "What of boiler 7?").count == 1)
    }

    @Test func `what no sentence says is cited with none`() {
        #expect(quotes("Tyres are pumped up to four bar.", "1.1", "1.2").isEmpty)
    }

    /// Without stop words, as terse notes have none, either.
    @Test func `a terse statement is no statement in another language`() {
        #expect(
            quotes("Heating pump model Grundfos Alpha2, boiler room, cellar", "2.3").isEmpty)
    }

    @Test func `who names nothing cites nothing`() {
        #expect(quotes("The seatpost bolt takes 6 Nm.").isEmpty)
    }

    @Test(arguments: [
        "Die Schraube der Sattelstütze wird mit 6 Nm angezogen.", "シートポストのボルトは 6 Nm で締めます。",
    ])
    func `of a statement in another language the named sentence is taken at its word`(
        statement: String
    ) {
        #expect(quotes(statement, "1.1") == ["The seatpost bolt takes 6 Nm."])
        #expect(quotes(statement.replacing("6", with: "9"), "1.1").isEmpty)
    }
}
