import LoreProviders
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ConnectionFailureTests {
    private let server: LoopbackServer
    private let place: String

    init() throws {
        server = try LoopbackServer()
        place = "127.0.0.1:\(server.port)"
    }

    /// The error of reading `path` whole.
    private func failure(_ path: String, timeouts: HTTPTimeouts? = nil) async throws
        -> ProviderError?
    {
        try await providerError {
            let response = try await testClient().send(server.get(path, timeouts: timeouts))
            _ = try await response.body.collect(upTo: 1 << 20)
        }
    }

    @Test func `a server that is silent before the head is idle`() async throws {
        server.on("/hang", .hang)
        let limits = HTTPTimeouts(connect: .seconds(30), idle: .milliseconds(50), total: nil)

        #expect(try await failure("/hang", timeouts: limits) == .timeout(.idle, host: place))
        await server.wait { $0.openConnections == 0 }
    }

    @Test func `a server that falls silent in the body is idle`() async throws {
        server.on("/half", .head(headers: [], then: [.send([1]), .waitForPeerToClose]))
        let limits = HTTPTimeouts(connect: .seconds(30), idle: .milliseconds(50), total: nil)

        #expect(try await failure("/half", timeouts: limits) == .timeout(.idle, host: place))
    }

    @Test func `a server that never ends runs into the total limit`() async throws {
        let drip = [LoopbackReply.Step](repeating: .send([1]), count: 10) + [.waitForPeerToClose]
        server.on("/drip", .head(headers: [], then: drip))
        let limits = HTTPTimeouts(
            connect: .seconds(30), idle: .seconds(30), total: .milliseconds(50))

        #expect(try await failure("/drip", timeouts: limits) == .timeout(.total, host: place))
    }

    @Test func `the total limit spans redirects`() async throws {
        server.on("/loop", .redirect(to: "/loop"))
        let limits = HTTPTimeouts(
            connect: .seconds(30), idle: .seconds(30), total: .milliseconds(200))
        let request = try server.get(
            "/loop", redirects: .follow(limit: 1_000_000), timeouts: limits)

        let error = try await providerError { _ = try await testClient().send(request) }

        #expect(error == .timeout(.total, host: place))
    }

    @Test func `a refused connection is unreachable`() async throws {
        let port = try RefusingPort()
        let address = try HTTPAddress("http://127.0.0.1:\(port.number)/")

        let error = try await providerError {
            _ = try await testClient().send(HTTPRequest(.get, address))
        }

        #expect(
            error == .unreachable(host: "127.0.0.1:\(port.number)", why: "connection refused"))
    }

    @Test func `a body that ends early is interrupted`() async throws {
        server.on("/cut", .head(headers: [("Content-Length", "10")], then: [.send([1]), .cut]))
        server.on("/cut-chunk", .chunked([.send([1]), .cut]))

        #expect(try await failure("/cut") == .interrupted(host: place))
        #expect(try await failure("/cut-chunk") == .interrupted(host: place))
    }

    @Test func `bytes before a failure still reach the reader`() async throws {
        server.on("/cut", .head(headers: [("Content-Length", "10")], then: [.send([1]), .cut]))
        let response = try await testClient().send(server.get("/cut"))
        await server.wait { $0.openConnections == 0 }
        var body = response.body.makeAsyncIterator()

        #expect(try await body.next() == [1])
        #expect(
            try await providerError { _ = try await body.next() } == .interrupted(host: place))
    }

    @Test func `a reset or an empty answer is interrupted`() async throws {
        server.on("/reset", LoopbackReply(steps: [.reset]))
        server.on("/nothing", LoopbackReply(steps: [.cut]))

        #expect(try await failure("/reset") == .interrupted(host: place))
        #expect(try await failure("/nothing") == .interrupted(host: place))
    }

    @Test func `an answer that is not HTTP is malformed`() async throws {
        server.on("/text", LoopbackReply(steps: [.send(Array("hello there\r\n\r\n".utf8)), .cut]))

        guard case .malformed(place, _) = try await failure("/text") else {
            Issue.record("not malformed")
            return
        }
    }

    @Test func `a header without end is malformed`() async throws {
        let line = Array("X-Filler: \(String(repeating: "x", count: 10_000))\r\n".utf8)
        let start = LoopbackReply.Step.send(Array("HTTP/1.1 200 OK\r\n".utf8))
        let lines = [LoopbackReply.Step](repeating: .send(line), count: 40)
        server.on("/long", LoopbackReply(steps: [start] + lines + [.waitForPeerToClose]))

        let error = try await failure("/long")

        #expect(error == .malformed(host: place, what: "its header is too long"))
    }

    @Test func `a server that does not speak TLS is a TLS failure`() async throws {
        let plain = try LoopbackServer(greeting: Array("220 ready\r\n".utf8))
        let address = try HTTPAddress("https://127.0.0.1:\(plain.port)/")

        let error = try await providerError {
            _ = try await testClient().send(HTTPRequest(.get, address))
        }

        guard case .tls("127.0.0.1:\(plain.port)", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
