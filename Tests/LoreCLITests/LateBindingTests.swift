import TestSupport
import Testing

// Only there are libraries bound late, and only its loader tells what it loads.
#if os(Linux)
    @Suite struct LateBindingTests {
        private static let late = ["libcurl", "libedit", "libxml2", "libopenblas"]

        /// Of those, what the loader says it has set up when lore ends.
        private func loaded(_ place: Workplace, _ arguments: String...) throws -> [String] {
            let run = try place.lore.run(shell: #"LD_DEBUG=libs exec "$0" "$@""#, arguments)
            #expect(run.status == 0)
            return Self.late.filter { run.error.contains("/\($0).so") }
        }

        @Test func `status and a search by words load none of the libraries that bring others`()
            throws
        {
            let place = try Workplace(hasModel: true)
            try place.write("# Tea\n\nSteep it for four minutes.", to: "tea.md")
            try place.run("index", place.notes)
            #expect(try loaded(place, "status") == [])
            #expect(try loaded(place, "search", "steep", "--mode", "lexical") == [])
        }

        @Test func `a conversation loads libedit only where lines are edited`() throws {
            let place = try Workplace()
            try place.write("# Tea\n\nSteep it for four minutes.", to: "tea.md")
            try place.run("index", place.notes)
            #expect(try loaded(place, "chat") == [])
        }

        @Test func `a search by meaning loads OpenBLAS, and a web page libxml2`() throws {
            let place = try Workplace(hasModel: true)
            try place.write("<p>Steep it for four minutes.</p>", to: "tea.html")
            #expect(try loaded(place, "index", place.notes) == ["libxml2", "libopenblas"])
            #expect(try loaded(place, "search", "steep") == ["libopenblas"])
        }
    }
#endif
