import LoreProviders
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct CancellationTests {
    private let server: LoopbackServer

    init() throws { server = try LoopbackServer() }

    @Test func `cancelling before the head closes the socket`() async throws {
        server.on("/hang", .hang)
        let client = testClient()
        let request = try server.get("/hang")
        let task = Task { _ = try await client.send(request) }
        await server.wait { $0.requests.count == 1 }

        task.cancel()

        await #expect(throws: CancellationError.self) { try await task.value }
        await server.wait { $0.peerCloses == 1 && $0.openConnections == 0 }
    }

    @Test func `cancelling in the body closes the socket`() async throws {
        server.on("/hang", .head(headers: [], then: [.send([1]), .waitForPeerToClose]))
        let client = testClient()
        let request = try server.get("/hang")
        let (pieces, yielded) = AsyncStream.makeStream(of: [UInt8].self)
        let task = Task {
            for try await piece in try await client.send(request).body { yielded.yield(piece) }
        }
        var seen = pieces.makeAsyncIterator()
        #expect(await seen.next() == [1])

        task.cancel()

        await #expect(throws: CancellationError.self) { try await task.value }
        await server.wait { $0.peerCloses == 1 && $0.openConnections == 0 }
    }

    @Test func `letting go of a body closes the socket`() async throws {
        server.on("/hang", .head(headers: [], then: [.send([1]), .waitForPeerToClose]))
        let client = testClient()

        for try await _ in try await client.send(server.get("/hang")).body { break }

        await server.wait { $0.peerCloses == 1 && $0.openConnections == 0 }
    }

    @Test func `letting go of a paused body closes the socket`() async throws {
        server.on("/flood", .head(headers: [], then: [.flood(bytes: 16 << 20)]))
        let client = testClient()
        var response: HTTPResponse? = try await client.send(server.get("/flood"))
        #expect(response?.status == 200)
        await server.wait { $0.stalls > 0 }

        response = nil

        await server.wait { $0.peerCloses == 1 && $0.openConnections == 0 }
    }

    @Test func `a task cancelled beforehand connects nowhere`() async throws {
        let client = testClient()
        let request = try server.get("/a")
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            _ = try await client.send(request)
        }

        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(server.log.connections == 0)
    }

    @Test func `the client goes on after a cancellation`() async throws {
        server.on("/hang", .hang)
        server.on("/a", .whole([7]))
        let client = testClient()
        let request = try server.get("/hang")
        let task = Task { _ = try await client.send(request) }
        await server.wait { $0.requests.count == 1 }
        task.cancel()

        let body = try await client.send(server.get("/a")).body.collect(upTo: 1)

        #expect(body == [7])
    }
}
