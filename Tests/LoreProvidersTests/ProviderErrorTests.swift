import LoreCore
import LoreProviders
import Testing

@Suite struct ProviderErrorTests {
    private static let table: [(ProviderError, ErrorCategory, String)] = [
        (
            .invalidAddress("example"), .invalidInput,
            "'example' is not an http or https address; check the base address in the settings"
        ),
        (
            .invalidHeader(name: "Authorization"), .invalidInput,
            "the value of header 'Authorization' holds a line break or a zero; "
                + "check the key in the environment for stray characters"
        ),
        (
            .refusedLocalOnly(host: "example.org", path: "a.md"), .unavailable,
            "refused to send 'a.md' to example.org: the note is local-only; "
                + "use a model on this machine, or change local_only_folders, local_only_tags or the note"
        ),
        (
            .refusedOffline(host: "example.org"), .unavailable,
            "offline: refused to connect to example.org; "
                + "leave out --offline, or use a server on this machine"
        ),
        (
            .unreachable(host: "127.0.0.1:9", why: "connection refused"), .unavailable,
            "cannot reach 127.0.0.1:9: connection refused; "
                + "check the address and that the server runs"
        ),
        (
            .timeout(.connect, host: "example.org"), .unavailable,
            "example.org did not accept a connection in time; "
                + "check the address and the network, or raise connect_timeout"
        ),
        (
            .timeout(.idle, host: "example.org"), .unavailable,
            "example.org sent nothing for too long; try again, or raise idle_timeout"
        ),
        (
            .timeout(.total, host: "example.org"), .unavailable,
            "example.org did not finish its answer in time; try again, or raise total_timeout"
        ),
        (
            .tls(host: "example.org", why: "bad certificate"), .unavailable,
            "no secure connection to example.org: bad certificate; "
                + "check the address and the system's certificates"
        ),
        (
            .http(status: 404, address: "http://example.org/x"), .notFound,
            "http://example.org/x answered 404 (not found); check the name and the address"
        ),
        (
            .http(status: 401, address: "http://example.org/x"), .unavailable,
            "http://example.org/x answered 401 (not authorised); "
                + "check the key and what it may do"
        ),
        (
            .http(status: 403, address: "http://example.org/x"), .unavailable,
            "http://example.org/x answered 403 (forbidden); check the key and what it may do"
        ),
        (
            .http(status: 429, address: "http://example.org/x"), .unavailable,
            "http://example.org/x answered 429 (too many requests); try again later"
        ),
        (
            .http(status: 503, address: "http://example.org/x"), .unavailable,
            "http://example.org/x answered 503 (the server failed); try again later"
        ),
        (
            .http(status: 302, address: "http://example.org/x"), .unavailable,
            "http://example.org/x answered 302; check that the address is the right one"
        ),
        (
            .malformed(host: "example.org", what: "it has no header"), .corruptData,
            "example.org sent a malformed answer: it has no header; "
                + "check that the address is the right one"
        ),
        (
            .baseMissing(variable: "OPENAI_BASE_URL"), .unavailable,
            "the server's address is not set (OPENAI_BASE_URL); "
                + "set OPENAI_BASE_URL, or base_url for the model in the settings"
        ),
        (
            .keyMissing(provider: "OpenAI", variable: "OPENAI_API_KEY"), .unavailable,
            "OpenAI needs a key; set OPENAI_API_KEY in the environment"
        ),
        (
            .wrongKey(provider: "OpenAI"), .unavailable,
            "OpenAI does not accept the key; check the key in the environment"
        ),
        (
            .noPermission(provider: "OpenAI", reason: "no access"), .unavailable,
            "OpenAI does not allow this: no access; check what the key may do"
        ),
        (
            .unknownProvider(name: "openia:x", nearest: "openai"), .invalidInput,
            "'openia:x' names no provider; did you mean 'openai'?"
        ),
        (
            .unknownProvider(name: "x", nearest: nil), .invalidInput,
            "'x' names no provider; write provider:model, such as ollama:qwen3"
        ),
        (
            .unknownModel(provider: "Ollama", model: "m"), .unavailable,
            "Ollama has no model 'm'; check its name and the base address"
        ),
        (
            .noEmbeddings(provider: "Groq"), .invalidInput,
            "Groq has no embedding models; choose one of another provider, or one on this machine"
        ),
        (
            .batchTooLarge(provider: "Gemini", most: "20 MB"), .invalidInput,
            "Gemini takes at most 20 MB in one batch; submit the questions in several files"
        ),
        (
            .batchExpired(provider: "OpenAI"), .unavailable,
            "OpenAI did not come to this request within a day; submit it again"
        ),
        (
            .batchCancelled(provider: "OpenAI"), .unavailable,
            "the batch was cancelled at OpenAI; submit it again"
        ),
        (
            .batchMissing(provider: "OpenAI"), .notFound,
            "OpenAI does not know this batch; "
                + "check that the key is that of the account which submitted it"
        ),
        (
            .badRequest(provider: "Groq", reason: "bad"), .unavailable,
            "Groq refused the request: bad"
        ),
        (
            .badRequest(provider: "Groq", reason: ""), .unavailable, "Groq refused the request"
        ),
        (
            .contextTooLong(provider: "Ollama", model: "m"), .unavailable,
            "the request is longer than Ollama's 'm' can read; "
                + "ask with fewer passages or a shorter conversation"
        ),
        (
            .filtered(provider: "Gemini", reason: ""), .unavailable,
            "Gemini's filter held the request back; ask in other words"
        ),
        (
            .rateLimited(provider: "Gemini"), .unavailable,
            "Gemini has had too many requests; try again later"
        ),
        (
            .quotaSpent(provider: "Gemini"), .unavailable,
            "the quota or credit at Gemini is spent; "
                + "wait for the next period, or raise the limit at the provider"
        ),
        (
            .overloaded(provider: "Anthropic"), .unavailable,
            "Anthropic is overloaded; try again later"
        ),
        (
            .serverFailure(provider: "Anthropic", status: 500), .unavailable,
            "Anthropic failed with status 500; try again"
        ),
        (
            .serverFailure(provider: "Anthropic", status: nil), .unavailable,
            "Anthropic failed; try again"
        ),
        (
            .cutShort(provider: "Anthropic"), .unavailable,
            "Anthropic broke off its answer before the end; try again"
        ),
        (
            .interrupted(host: "example.org"), .unavailable,
            "example.org broke off in the middle of an exchange; try again"
        ),
        (
            .insecureRedirect(address: "https://example.org/x"), .unavailable,
            "https://example.org/x redirects from https to http; check the address"
        ),
        (
            .tooManyRedirects(address: "http://example.org/x", limit: 5), .unavailable,
            "http://example.org/x redirects more than 5 times; check the address"
        ),
        (
            .tooLarge(address: "http://example.org/x", limitBytes: 10), .corruptData,
            "http://example.org/x answered with more than 10 bytes; "
                + "check that the address is the right one"
        ),
        (.clientClosed, .failure, "the HTTP client was closed during a request"),
        (
            .wrongSize(file: "a.bin", expected: 3, found: 4), .corruptData,
            "'a.bin' should have 3 bytes, the server sent 4; "
                + "nothing was kept; try again, or from another source"
        ),
        (
            .wrongHash(file: "a.bin", expected: "00", found: "ff"), .corruptData,
            "'a.bin' should have SHA-256 00, what came has ff; "
                + "nothing was kept; try again, or from another source"
        ),
        (
            .cannotWrite(path: "/a.part", errno: 28), .failure,
            "cannot write '/a.part': No space left on device; "
                + "check the permissions and the free space"
        ),
        (
            .alreadyDownloading(path: "/a"), .failure,
            "'/a' is being written by another download; wait for it to end"
        ),
    ]

    @Test(arguments: table)
    func `an error has its category and its words`(
        error: ProviderError, category: ErrorCategory, words: String
    ) {
        #expect(error.category == category)
        #expect(error.description == words)
    }

    @Test(arguments: [
        (ProviderError.timeout(.idle, host: "x"), true), (.timeout(.total, host: "x"), false),
        (.interrupted(host: "x"), true), (.cutShort(provider: "X"), true),
        (.rateLimited(provider: "X"), true), (.overloaded(provider: "X"), true),
        (.serverFailure(provider: "X", status: 500), true), (.quotaSpent(provider: "X"), false),
        (.wrongKey(provider: "X"), false), (.contextTooLong(provider: "X", model: "m"), false),
        (.http(status: 503, address: "x"), true), (.http(status: 404, address: "x"), false),
    ])
    func `what may pass by itself is worth another try`(error: ProviderError, isTransient: Bool) {
        #expect(error.isTransient == isTransient)
    }
}
