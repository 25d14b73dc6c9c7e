import Foundation
import LoreProviders
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct BackPressureTests {
    private let server: LoopbackServer

    init() throws { server = try LoopbackServer() }

    @Test func `a reader that lags stops the server instead of filling memory`() async throws {
        let size = 16 << 20  // far more than all socket buffers on the way hold
        let highWater = 64 * 1024
        server.on(
            "/flood", .head(headers: [("Content-Length", "\(size)")], then: [.flood(bytes: size)]))
        let response = try await testClient(highWaterBytes: highWater).send(server.get("/flood"))

        await server.wait { $0.stalls > 0 || $0.repliesDone > 0 }
        #expect(server.log.repliesDone == 0)

        var (received, largest) = (Data(), 0)
        for try await piece in response.body {
            received.append(contentsOf: piece)
            largest = max(largest, piece.count)
        }
        #expect(received == Data(LoopbackReply.pattern(0..<size)))
        // A reader gets all that waits at once, so a piece shows how much there was.
        #expect(largest <= highWater + 16 * 1024)
    }

    @Test func `a transfer that waits for its reader is not idle`() async throws {
        let size = 16 << 20
        server.on(
            "/flood", .head(headers: [("Content-Length", "\(size)")], then: [.flood(bytes: size)]))
        server.on("/hang", .hang)
        let client = testClient()
        let limits = HTTPTimeouts(connect: .seconds(30), idle: .seconds(1), total: nil)
        let response = try await client.send(server.get("/flood", timeouts: limits))
        await server.wait { $0.stalls > 0 }

        // Another transfer of the same client runs into the same limit while this one waits.
        let hang = try await providerError {
            _ = try await client.send(server.get("/hang", timeouts: limits))
        }

        guard case .timeout(.idle, _) = hang else {
            Issue.record("\(String(describing: hang))")
            return
        }
        #expect(try await response.body.collect(upTo: size).count == size)
    }

    @Test func `a body over the limit of its reader is an error`() async throws {
        server.on("/large", .whole([1, 2, 3]))
        let address = server.address("/large")

        let error = try await providerError {
            _ = try await testClient().send(server.get("/large")).body.collect(upTo: 2)
        }

        #expect(error == .tooLarge(address: address, limitBytes: 2))
    }
}
