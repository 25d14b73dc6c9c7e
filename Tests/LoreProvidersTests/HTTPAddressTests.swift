import LoreProviders
import Testing

@Suite struct HTTPAddressTests {
    @Test func `an address is taken apart`() throws {
        let address = try HTTPAddress("https://Example.org:8443/v1/models?key=secret#part")

        #expect(address.scheme == "https")
        #expect(address.host == "example.org")
        #expect(address.port == 8443)
    }

    @Test(arguments: [
        ("http://127.0.0.1/", true), ("http://127.1.2.3:8080/", true), ("http://[::1]:80/", true),
        ("http://localhost:11434/api", true), ("http://LOCALHOST/", true),
        ("http://128.0.0.1/", false), ("http://localhost.example.org/", false),
        ("http://127.0.0.1.nip.example/", false), ("http://localhost./", false),
        ("http://[::2]/", false), ("http://0.0.0.0/", false), ("http://me@example.org/", false),
        ("http://localhost@example.org/", false), ("http://127.0.0.1@example.org/", false),
        ("http://example.org#@127.0.0.1/", false), ("http://example.org?@127.0.0.1/", false),
    ])
    func `only localhost and literal loopback addresses are loopback`(
        text: String, isLoopback: Bool
    ) throws {
        #expect(try HTTPAddress(text).isLoopback == isLoopback)
    }

    @Test(arguments: [
        "", "example.org", "/path", "ftp://example.org/", "file:///etc/passwd", "http://",
    ])
    func `anything but an absolute http or https address is refused`(text: String) {
        #expect(throws: ProviderError.invalidAddress(text)) { try HTTPAddress(text) }
    }

    @Test func `a description shows no user, query or fragment`() throws {
        let address = try HTTPAddress("http://user:pass@example.org:81/a/b?key=secret#x")

        #expect("\(address)" == "http://example.org:81/a/b")
        #expect(String(reflecting: address) == "http://example.org:81/a/b")
        #expect("\(try HTTPAddress("https://example.org"))" == "https://example.org/")
    }

    @Test func `an address that does not parse shows no password either`() {
        #expect(throws: ProviderError.invalidAddress("…@host name")) {
            try HTTPAddress("ftp://user:pass@host name?key=secret")
        }
    }

    @Test(arguments: [
        ("/c", "http://example.org/c"), ("c", "http://example.org/a/c"),
        ("https://other.example/x", "https://other.example/x"),
        ("//other.example/x", "http://other.example/x"), ("../c d", "http://example.org/c%20d"),
    ])
    func `a reference is read at its address`(reference: String, expected: String) throws {
        let base = try HTTPAddress("http://example.org/a/b?q")

        #expect("\(try base.resolving(reference))" == expected)
    }

    @Test func `a reference to another protocol is refused`() throws {
        let base = try HTTPAddress("http://example.org/")

        #expect(throws: ProviderError.invalidAddress("file:///etc/passwd")) {
            try base.resolving("file:///etc/passwd")
        }
    }
}
