import LoreCore
import LoreProviders
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct LocalOnlyTests {
    private let server: LoopbackServer

    init() throws {
        server = try LoopbackServer()
        server.on("/a", .whole([1]))
    }

    private func request(host: String, isLocalOnly: Bool) throws -> HTTPRequest {
        let origin = NoteOrigin(folder: "n", path: "a.md", lines: 1...2, isLocalOnly: isLocalOnly)
        return HTTPRequest(
            .get, try HTTPAddress("http://\(host):\(server.port)/a"),
            notes: SentNotes([origin], for: .answer))
    }

    @Test func `a local-only note goes to this machine alone`() async throws {
        _ = try await testClient().send(request(host: "127.0.0.1", isLocalOnly: true))
        let error = try await providerError {
            _ = try await testClient().send(request(host: "0.0.0.0", isLocalOnly: true))
        }

        #expect(error == .refusedLocalOnly(host: "0.0.0.0:\(server.port)", path: "a.md"))
        #expect(server.log.requests.count == 1)
    }

    @Test func `what goes to another machine is told, host and lines`() async throws {
        let told = Mutex<[(String, SentNotes)]>([])
        let client = HTTPClient(
            HTTPClient.Configuration(offline: false, timeouts: .patient) { host, notes in
                told.withLock { $0.append((host, notes)) }
            })

        _ = try await client.send(request(host: "127.0.0.1", isLocalOnly: false))
        _ = try await client.send(request(host: "0.0.0.0", isLocalOnly: false))

        let entries = told.withLock { $0 }
        #expect(entries.map(\.0) == ["0.0.0.0:\(server.port)"])
        #expect(entries.first?.1.origins.map(\.lines) == [1...2])
    }
}
