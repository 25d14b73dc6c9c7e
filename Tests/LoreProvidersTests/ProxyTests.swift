import Foundation
import LoreProviders
import TestSupport
import Testing

/// Proxies come from the environment, which is a process's own: each test is one.
@Suite(.timeLimit(.minutes(1))) struct ProxyTests {
    @Test func `a request abroad goes through the proxy, one to this machine does not`() async {
        await #expect(processExitsWith: .success) {
            let server = try LoopbackServer()
            server.on("http://notes.invalid/a", .whole([1]))
            server.on("/a", .whole([2]))
            setenv("http_proxy", server.address(""), 1)
            let client = testClient()
            let abroad = HTTPRequest(.get, try HTTPAddress("http://notes.invalid/a"))

            let far = try await client.send(abroad).body.collect(upTo: 9)
            let near = try await client.send(server.get("/a")).body.collect(upTo: 9)

            #expect(far == [1])
            #expect(near == [2])
        }
    }
}
