import Foundation
import TestSupport
import Testing

@Suite struct ServeCommandTests {
    /// Starts `lore serve` on any free port; the port is read from the line that says it is ready.
    private func start(_ place: Workplace) throws -> (process: Process, port: UInt16) {
        let process = place.lore.makeProcess(["serve", "--port", "0"])
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        var said = ""
        while !said.contains("\n") || !said.contains("listening on") {
            let bytes = pipe.fileHandleForReading.availableData
            try #require(!bytes.isEmpty, "the server ended: \(said)")
            said += String(decoding: bytes, as: UTF8.self)
        }
        let port = said.split(separator: ":").last.flatMap {
            UInt16($0.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        return (process, try #require(port, "\(said)"))
    }

    private func post(_ path: String, _ body: String, port: UInt16, host: String = "localhost")
        throws -> String
    {
        try LoopbackExchange.exchange(
            "POST \(path) HTTP/1.1\r\nHost: \(host):\(port)\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)",
            port: port)
    }

    @Test func `the server says where it listens, answers, and ends with 0 on SIGTERM`() throws {
        let place = try Workplace(hasModel: true)
        try place.write("# Boiler\n\nThe boiler was serviced on 3 March.\n", to: "boiler.md")
        try place.run("index", place.notes)
        let (process, port) = try start(place)

        let search = try post("/api/search", #"{"query": "boiler"}"#, port: port)
        let chat = try post(
            "/api/chat", #"{"message": "When was the boiler serviced?"}"#, port: port)
        let foreign = try post(
            "/api/search", #"{"query": "boiler"}"#, port: port, host: "evil.example")
        process.terminate()
        process.waitUntilExit()

        #expect(search.hasPrefix("HTTP/1.1 200"))
        #expect(search.contains(#""path":"boiler.md""#))
        #expect(chat.contains("3 March"))
        #expect(foreign.hasPrefix("HTTP/1.1 403"))
        #expect(BuiltBinary.status(of: process) == 0)
    }

    @Test func `a running server sees what is indexed beside it`() throws {
        let place = try Workplace()
        try place.write("alpha\n", to: "a.md")
        try place.run("index", place.notes)
        let (process, port) = try start(place)
        defer { process.terminate() }

        try place.write("zebrafinch\n", to: "b.md")
        try place.run("index")
        let search = try post(
            "/api/search", #"{"query": "zebrafinch", "mode": "lexical"}"#, port: port)

        #expect(search.contains(#""path":"b.md""#))
    }

    @Test func `an address that is not loopback is refused`() throws {
        let place = try Workplace()
        try place.write("alpha\n", to: "a.md")
        try place.run("index", place.notes)

        let result = try place.run("serve", "--host", "0.0.0.0", "--port", "0")

        #expect(result.status == 2)
        #expect(result.error.contains("'0.0.0.0' is not a loopback address"))
    }

    @Test func `without an index the server does not start`() throws {
        #expect(try Workplace().run("serve", "--port", "0").status == 4)
    }
}
