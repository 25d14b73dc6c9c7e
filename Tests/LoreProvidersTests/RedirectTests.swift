import LoreProviders
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct RedirectTests {
    private let server: LoopbackServer

    init() throws { server = try LoopbackServer() }

    @Test func `a redirect is the answer unless asked to follow`() async throws {
        server.on("/a", .redirect(to: "/b"))

        let response = try await testClient().send(server.get("/a"))

        #expect(response.status == 302)
        #expect(response.headers["Location"] == "/b")
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `a redirect is followed where asked, on the same connection`(status: Int) async throws {
        server.on("/a", .redirect(status, to: "b?x=1"))
        server.on("/b", .whole([1]))

        let response = try await testClient().send(
            server.get("/a", headers: ["Authorization": "k"], redirects: .follow(limit: 1)))

        #expect(response.address.description == server.address("/b"))
        #expect(try await response.body.collect(upTo: 1) == [1])
        #expect(server.log.requests.map(\.target) == ["/a", "/b?x=1"])
        #expect(server.log.requests.map { $0.headers["authorization"] } == ["k", "k"])
        #expect(server.log.connections == 1)
    }

    @Test func `another host gets no header that may hold a key`() async throws {
        let other = try LoopbackServer()
        server.on("/a", .redirect(to: other.address("/b")))
        other.on("/b", .whole())
        let headers: HTTPHeaders = [
            "Authorization": "k", "x-api-key": "k", "Cookie": "k", "Range": "bytes=1-",
        ]

        _ = try await testClient().send(
            server.get("/a", headers: headers, redirects: .follow(limit: 1)))

        let received = try #require(other.log.requests.first)
        #expect(received.headers["range"] == "bytes=1-")
        for name in ["authorization", "x-api-key", "cookie"] {
            #expect(received.headers[name] == nil)
        }
    }

    @Test func `redirects without end are an error`() async throws {
        server.on("/a", .redirect(to: "/a"))

        let error = try await providerError {
            _ = try await testClient().send(server.get("/a", redirects: .follow(limit: 3)))
        }

        #expect(error == .tooManyRedirects(address: server.address("/a"), limit: 3))
        #expect(server.log.requests.count == 4)
    }

    @Test func `a redirect to another protocol is refused`() async throws {
        server.on("/a", .redirect(to: "file:///etc/passwd"))

        let error = try await providerError {
            _ = try await testClient().send(server.get("/a", redirects: .follow(limit: 3)))
        }

        #expect(error == .invalidAddress("file:///etc/passwd"))
    }

    @Test func `a request with a body is not sent again elsewhere`() async throws {
        server.on("/a", .redirect(307, to: "/b"))
        let request = HTTPRequest(
            .post, try HTTPAddress(server.address("/a")), body: [1], redirects: .follow(limit: 3))

        let response = try await testClient().send(request)

        #expect(response.status == 307)
    }
}
