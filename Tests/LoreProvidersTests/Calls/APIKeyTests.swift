import LoreProviders
import Testing

@Suite struct APIKeyTests {
    @Test func `a key shows its text nowhere`() throws {
        let key = try #require(APIKey(" sk-secret\n"))
        let endpoint = ProviderEndpoint(provider: .openai, base: "http://127.0.0.1", key: key)

        for text in ["\(key)", String(reflecting: key), String(reflecting: endpoint)] {
            #expect(!text.contains("secret"))
        }
        var dumped = ""
        dump(endpoint, to: &dumped)
        #expect(!dumped.contains("secret"))
    }

    @Test func `white space alone is no key`() { #expect(APIKey(" \n") == nil) }
}
