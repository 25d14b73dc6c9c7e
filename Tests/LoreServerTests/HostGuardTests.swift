import LoreServer
import Testing

@Suite struct HostGuardTests {
    @Test(
        arguments: [
            "localhost", "LOCALHOST:4815", "127.0.0.1", "127.0.0.1:80", "127.8.9.10", "[::1]",
            "[::1]:4815",
        ])
    func `a literal loopback address or localhost is loopback`(authority: String) {
        #expect(isLoopback(authority: authority))
    }

    @Test(
        arguments: [
            "", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example",
            "evil.example:4815",
            "169.254.0.1", "0.0.0.0", "127.1", "127.0.0.256", "127.0.0.+1", "[::2]", "[fe80::1]",
            "::1:4815",
            "localhost:4815:1", "localhost:evil", "[::1].evil.example", "[::1", "[::1]:",
        ])
    func `any other name is foreign, also one that may resolve to loopback`(authority: String) {
        #expect(!isLoopback(authority: authority))
    }
}
