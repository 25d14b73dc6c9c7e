import LoreProviders
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct HTTPClientTests {
    private let server: LoopbackServer

    init() throws { server = try LoopbackServer() }

    @Test func `a request arrives as it was written`() async throws {
        server.on("/echo", .whole())
        let request = HTTPRequest(
            .post, try HTTPAddress(server.address("/echo?q=1")),
            headers: ["Content-Type": "application/json", "X-Empty": ""],
            body: Array("{\"a\":\0}".utf8))

        let response = try await testClient().send(request)

        let received = try #require(server.log.requests.first)
        #expect(response.status == 200)
        #expect(received.method == "POST")
        #expect(received.target == "/echo?q=1")
        #expect(received.body == Array("{\"a\":\0}".utf8))
        #expect(received.headers["content-type"] == "application/json")
        #expect(received.headers["x-empty"] == "")
        #expect(received.headers["user-agent"] == "lore")
        #expect(received.headers["expect"] == nil)
    }

    @Test func `a large body goes out at once and whole`() async throws {
        server.on("/echo", .whole())
        let body = LoopbackReply.pattern(0..<3_000_000)

        _ = try await testClient().send(
            HTTPRequest(.post, try HTTPAddress(server.address("/echo")), body: body))

        let received = try #require(server.log.requests.first)
        #expect(received.headers["expect"] == nil)
        #expect(received.headers["content-type"] == nil)
        #expect(received.body == body)
    }

    @Test(arguments: [HTTPMethod.head, .delete])
    func `other methods are sent as such`(method: HTTPMethod) async throws {
        server.on("/thing", .whole(204))

        let response = try await testClient().send(
            HTTPRequest(method, try HTTPAddress(server.address("/thing"))))

        #expect(response.status == 204)
        #expect(try await response.body.collect(upTo: 0) == [])
        #expect(server.log.requests.map(\.method) == [method.rawValue])
    }

    @Test func `the head arrives before the body, and the pieces in order as they come`()
        async throws
    {
        let gates = [Gate(), Gate(), Gate()]
        server.on(
            "/slow",
            .chunked(
                headers: [("X-Kind", " test "), ("x-twice", "1"), ("X-Twice", "2")],
                [
                    .wait(gates[0]), .send([1, 2]), .wait(gates[1]), .send([3]), .wait(gates[2]),
                    .send([4]),
                ]))

        let response = try await testClient().send(server.get("/slow"))
        var body = response.body.makeAsyncIterator()
        #expect(response.headers["x-kind"] == "test")
        #expect(response.headers.all(named: "X-TWICE") == ["1", "2"])

        var pieces: [[UInt8]] = []
        for gate in gates {
            gate.open()
            pieces.append(try #require(try await body.next()))
        }
        #expect(pieces == [[1, 2], [3], [4]])
        #expect(try await body.next() == nil)
        #expect(try await body.next() == nil)
    }

    @Test func `interim heads and trailers are passed over`() async throws {
        let text = """
            HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 201 Created\r\n\
            Transfer-Encoding: chunked\r\nX-Real: yes\r\n\r\n2\r\nok\r\n0\r\nX-Trailer: t\r\n\r\n
            """
        server.on("/hints", LoopbackReply(steps: [.send(Array(text.utf8))]))

        let response = try await testClient().send(server.get("/hints"))

        #expect(response.status == 201)
        #expect(response.headers["Link"] == nil)
        #expect(response.headers["X-Real"] == "yes")
        #expect(try await response.body.collect(upTo: 10) == Array("ok".utf8))
    }

    @Test func `two requests share a connection`() async throws {
        server.on("/a", .whole([1]))
        let client = testClient()

        for _ in 0..<2 {
            let body = try await client.send(server.get("/a")).body.collect(upTo: 10)
            #expect(body == [1])
        }

        #expect(server.log.connections == 1)
        #expect(server.log.requests.count == 2)
    }

    @Test func `a client that is closed ends its transfers and its connections`() async throws {
        server.on("/hang", .head(headers: [], then: [.send([1]), .waitForPeerToClose]))
        let client = testClient()
        let response = try await client.send(server.get("/hang"))
        var body = response.body.makeAsyncIterator()
        _ = try await body.next()

        client.close()
        client.close()

        #expect(try await providerError { _ = try await body.next() } == .clientClosed)
        let late = try await providerError { _ = try await client.send(server.get("/hang")) }
        #expect(late == .clientClosed)
        await server.wait { $0.openConnections == 0 }
    }

    @Test func `a body can be read after its client is let go`() async throws {
        server.on("/large", .head(headers: [], then: [.flood(bytes: 1_000_000), .cut]))

        let response = try await testClient().send(server.get("/large"))

        #expect(try await response.body.collect(upTo: 1_000_000).count == 1_000_000)
    }

    @Test func `fifty streams run at once`() async throws {
        server.on(
            "/large",
            .head(headers: [("Content-Length", "500000")], then: [.flood(bytes: 500_000)]))
        let client = testClient()
        let expected = LoopbackReply.pattern(0..<500_000)

        try await withThrowingTaskGroup(of: Bool.self) { [server] group in
            for _ in 0..<50 {
                group.addTask {
                    let response = try await client.send(server.get("/large"))
                    return try await response.body.collect(upTo: 500_000) == expected
                }
            }
            for try await isEqual in group { #expect(isEqual) }
        }

        #expect(server.log.requests.count == 50)
        client.close()
        await server.wait { $0.openConnections == 0 }
    }

    @Test func `descriptions show no key and no body`() throws {
        let request = HTTPRequest(
            .post, try HTTPAddress("http://example.org/v1?key=sk-secret"),
            headers: ["Authorization": "Bearer sk-secret"], body: Array("sk-secret".utf8))

        #expect("\(request)" == "POST http://example.org/v1")
        #expect("\(request.headers)" == "Authorization")
        for text in [String(reflecting: request), String(reflecting: request.headers)] {
            #expect(!text.contains("secret"))
        }
    }

    @Test func `a header value that would end its line is refused`() async throws {
        let request = try server.get("/a", headers: ["X-Key": "secret\r\nX-Other: 1"])

        let error = try await providerError { _ = try await testClient().send(request) }

        #expect(error == .invalidHeader(name: "X-Key"))
        #expect(server.log.connections == 0)
    }
}
