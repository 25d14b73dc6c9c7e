import Foundation
import TestSupport
import Testing

@Suite struct CurrencyTests {
    private func changed(_ result: BuiltBinary.Result) -> Int? {
        result.json["changed_since_indexing"] as? Int
    }

    @Test func `search and ask say how many files have changed since indexing`() throws {
        let place = try Workplace()
        for name in ["a", "b", "c", "d"] { try place.write("wombat \(name)\n", to: name + ".md") }
        try place.run("index", place.notes)
        #expect(try changed(place.run("search", "wombat", "--json")) == nil)

        try place.write("wombat changed\n", to: "a.md")
        try place.write("wombat new\n", to: "e.md")
        try FileManager.default.removeItem(atPath: place.notes + "/b.md")
        try FileManager.default.moveItem(
            atPath: place.notes + "/c.md", toPath: place.notes + "/f.md")

        let search = try place.run("search", "--mode", "lexical", "wombat", "--json")
        let ask = try place.run("ask", "what is a wombat?", "--json")
        #expect(changed(search) == 4)
        #expect(changed(ask) == 4)
        #expect(
            search.error.contains(
                "lore: 4 files have changed since indexing; --sync brings them in"))
    }

    @Test func `what was touched, refused or ignored has not changed`() throws {
        let place = try Workplace()
        try place.write("wombat\n", to: "a.md")
        try place.folder.write(Data([0x61, 0x00]), to: "notes/binary.md")
        try place.run("index", place.notes)

        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1)],
            ofItemAtPath: place.notes + "/a.md")
        try place.write("b.md\n", to: ".loreignore")
        try place.write("wombat\n", to: "b.md")

        #expect(try changed(place.run("search", "wombat", "--json")) == nil)
    }

    @Test func `touching many notes changes nothing but their stamps`() throws {
        let place = try Workplace()
        for number in 0..<60 { try place.write("wombat \(number)\n", to: "n\(number).md") }
        try place.run("index", place.notes)
        for number in 0..<60 {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1)],
                ofItemAtPath: place.notes + "/n\(number).md")
        }

        #expect(try changed(place.run("search", "wombat", "--json")) == 60)
        #expect(try place.run("index", "--json").json["unchanged"] as? Int == 60)
        #expect(try changed(place.run("search", "wombat", "--json")) == nil)
    }

    @Test func `--sync brings changes in before the search and the question`() throws {
        let place = try Workplace(hasModel: true)
        try place.write("# A\n\nalpha\n", to: "a.md")
        try place.run("index", place.notes)

        try place.write("# Boiler\n\nThe boiler was serviced on 3 March.\n", to: "boiler.md")
        let search = try place.run("search", "boiler", "--sync", "--json")
        try place.write("# Roof\n\nThe roof was mended on 9 April.\n", to: "roof.md")
        let ask = try place.run("ask", "When was the roof mended?", "--sync", "--json")

        #expect((search.json["hits"] as? [[String: Any]])?.first?["path"] as? String == "boiler.md")
        #expect(changed(search) == nil)
        #expect(search.error.contains("lore: 1 added"))
        #expect((ask.json["answer"] as? String)?.contains("9 April") == true)
        #expect(try place.run("status", "--json").json["pending"] as? Int == 0)
    }

    @Test func `a folder that is gone hinders no search, and its notes stay`() throws {
        let place = try Workplace()
        try place.write("wombat\n", to: "a.md")
        try place.run("index", place.notes)
        try FileManager.default.moveItem(
            atPath: place.notes, toPath: place.folder.path + "/away")

        let search = try place.run("search", "wombat", "--json")
        let index = try place.run("index", "--json")

        #expect(search.status == 0)
        #expect(changed(search) == nil)
        #expect(search.error.contains("there is no folder '\(place.notes)'"))
        #expect(index.status == 7)
        #expect(index.json["documents"] as? Int == 1)
        #expect(index.error.contains("skipped \(place.notes): cannot be read"))
    }
}
