import TestSupport
import Testing

@Suite struct EnvironmentFileCommandTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
        try place.write("# Tea\n\nThe wombat blend.\n", to: "tea.md")
        try place.run("index", place.notes)
    }

    private func settings(in folder: String) throws -> (origins: [String: String], error: String) {
        let result = try place.lore.run(
            shell: "cd \"$1\" && exec \"$0\" doctor --json", [folder])
        let settings = result.json["settings"] as? [[String: String]] ?? []
        let pairs = settings.map { ($0["name"] ?? "", $0["origin"] ?? "") }
        return (Dictionary(uniqueKeysWithValues: pairs), result.error)
    }

    @Test func `doctor names the file that a setting comes from`() throws {
        try place.folder.write("LORE_PASSAGES=5\nGROQ_API_KEY=sk-4711\n", to: ".env")

        let found = try settings(in: place.folder.path)

        #expect(found.origins["passages"]?.hasSuffix("/.env") == true)
        #expect(found.origins["GROQ_API_KEY"]?.hasSuffix("/.env") == true)
        #expect(found.error.isEmpty, "\(found.error)")
    }

    @Test(arguments: ["notes", "notes/deep/er"])
    func `among indexed notes it is not read, and that is said`(folder: String) throws {
        try place.folder.write("LORE_PASSAGES=5\nLORE_NONSENSE=1\n", to: folder + "/.env")

        let found = try settings(in: place.folder.path + "/" + folder)

        #expect(found.origins["passages"] == "default")
        #expect(found.error.contains("/\(folder)/.env' is not read: it lies in the indexed folder"))
    }

    @Test func `it cannot point to an index that does not know its folder`() throws {
        let other = place.folder.path + "/other.db"
        let result = try place.lore.run(
            shell: "unset LORE_DB; cd \"$1\" && LORE_DB=\"$2\" \"$0\" index \"$3\" && "
                + "echo \"LORE_DB=$2\" > .env && exec \"$0\" status",
            [place.notes, other, place.notes])

        #expect(result.error.contains("is not read: it lies in the indexed folder"))
        #expect(result.status == 4)
    }
}
