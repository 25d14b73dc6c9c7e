import LoreProviders
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct OfflineTests {
    private let server: LoopbackServer

    init() throws { server = try LoopbackServer() }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `loopback needs no permission`(host: String) async throws {
        server.on("/a", .whole([1]))
        let address = try HTTPAddress("http://\(host):\(server.port)/a")

        let response = try await testClient(offline: true).send(HTTPRequest(.get, address))

        #expect(try await response.body.collect(upTo: 1) == [1])
    }

    @Test(arguments: [
        ("http://192.0.2.1/", "192.0.2.1"), ("http://example.org:81/", "example.org:81"),
        ("http://localhost.example.org/", "localhost.example.org"),
        ("http://127.0.0.1@example.org/", "example.org"),
    ])
    func `any other host is refused before a connection`(text: String, place: String) async throws {
        let address = try HTTPAddress(text)

        let error = try await providerError {
            _ = try await testClient(offline: true).send(HTTPRequest(.get, address))
        }

        #expect(error == .refusedOffline(host: place))
    }

    @Test(arguments: [
        ("http://192.0.2.1/x", "192.0.2.1"), ("//example.org/x", "example.org"),
        ("http://0.0.0.0/", "0.0.0.0"),
    ])
    func `a redirect away from loopback is refused too`(
        location: String, place: String
    ) async throws {
        server.on("/away", .redirect(to: location))
        let request = try server.get("/away", redirects: .follow(limit: 5))

        let error = try await providerError {
            _ = try await testClient(offline: true).send(request)
        }

        #expect(error == .refusedOffline(host: place))
    }
}
