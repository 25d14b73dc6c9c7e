import Foundation
import TestSupport
import Testing

@Suite struct WhyCommandTests {
    /// Twelve notes about pears, the longer the later, one about bread, and what is not indexed.
    private func place() throws -> Workplace {
        let place = try Workplace()
        for number in 1...12 {
            let filling = String(repeating: "fig ", count: 3 * number)
            try place.write("# Note\n\npear \(filling)\n", to: "n\(number).md")
        }
        try place.write("---\ntags: [food]\n---\n# Bread\n\nFlour.\n", to: "bread.md")
        try place.write("secret.md\n", to: ".loreignore")
        try place.write("# Secret\n\npear\n", to: "secret.md")
        try place.write("pear", to: ".hidden.md")
        try place.folder.write(Data([0xFF, 0xD8, 0xFF]), to: "notes/picture.jpg")
        try place.folder.write(Data("a\u{0}b".utf8), to: "notes/binary.md")
        try place.run("index", place.notes)
        return place
    }

    @Test func `a note's true rank is told, and whether that is among the hits`() throws {
        let place = try place()
        let last = try place.run("why", "pear", "--document", "n12.md", "--json")
        let more = try place.run("why", "pear", "--document", "n12.md", "-n", "12", "--json")
        let hits = try place.run("search", "pear", "-n", "12", "--mode", "lexical", "--json")

        let found = (hits.json["hits"] as? [[String: Any]])?.last
        let lexical = last.json["lexical"] as? [String: Any]
        #expect(last.status == 0, "\(last.error)")
        #expect(last.json["returned"] as? Bool == false)
        #expect(
            last.json["reason"] as? String
                == "its best passage is number 12, and 10 were asked for; try -n 12")
        #expect(found?["path"] as? String == "n12.md")
        #expect(lexical?["rank"] as? Int == 12)
        #expect(lexical?["score"] as? Double == found?["score"] as? Double)
        #expect((last.json["semantic"] as? [String: Any])?.isEmpty == true)
        #expect(more.json["returned"] as? Bool == true)
    }

    @Test(arguments: [
        ("bread.md", "", "no word of the query stands in it"),
        ("n3.md", "tag:food", "the filter keeps it out"),
        (
            "secret.md", "",
            "it is not indexed: an ignore file, a hidden name or a link keeps it out"
        ),
        (
            ".hidden.md", "",
            "it is not indexed: an ignore file, a hidden name or a link keeps it out"
        ),
        ("picture.jpg", "", "it is not indexed: lore does not read files of its kind"),
        ("new.md", "", "it is not indexed yet; run `lore index`"),
    ])
    func `the reason is told`(document: String, filter: String, reason: String) throws {
        let place = try place()
        try place.write("pear", to: "new.md")
        let options = filter.isEmpty ? [] : ["--where", filter]
        let result = try place.lore.run(
            ["why", "pear", "--document", document, "--json"] + options)

        #expect(result.status == 0, "\(result.error)")
        #expect(result.json["reason"] as? String == reason)
        #expect(result.json["returned"] as? Bool == false)
        #expect(result.json["document"] as? String == document)
    }

    @Test func `a file that was refused is told with the reason`() throws {
        let place = try place()
        let result = try place.run("why", "pear", "--document", "binary.md")

        #expect(result.text.hasPrefix("binary.md: it is not indexed: "))
        #expect(result.text.contains("binary"))
    }

    @Test func `a note that the filter keeps out has its rank among all`() throws {
        let result = try place().run(
            "why", "pear", "--document", "n2.md", "--where", "tag:food", "--json")

        #expect((result.json["lexical"] as? [String: Any])?["rank"] as? Int == 2)
    }

    @Test func `meaning ranks too where there is a model`() throws {
        let place = try Workplace(hasModel: true)
        try place.write("# Car\n\nThe automobile needs new tyres.\n", to: "car.md")
        try place.write("# Bread\n\nFlour, water, salt.\n", to: "bread.md")
        try place.run("index", place.notes)

        let result = try place.run("why", "vehicle wheels", "--document", "car.md")

        #expect(result.text.contains("car.md: it is hit 1"))
        #expect(result.text.contains("  lexical   not ranked\n  semantic  rank 1, score 0."))
        #expect(result.text.contains("  hybrid    rank 1, score 0."))
    }

    @Test func `a path that leads nowhere is an error`() throws {
        let place = try place()

        #expect(try place.run("why", "pear", "--document", "nowhere.md").status == 3)
        #expect(try place.run("why", "pear").status == 2)
    }
}
