/// Where a provider is reached, and with which key.
package struct ProviderEndpoint: Sendable {
    package let provider: Provider
    /// Without a slash at its end.
    package let base: String
    package let key: APIKey?

    package init(provider: Provider, base: String, key: APIKey?) {
        self.provider = provider
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        self.key = key
    }

    /// The endpoint that the environment describes, or the model's own entry in the settings.
    ///
    /// No key goes to `modelBase`: a key belongs to the address that stands beside it in the
    /// environment.
    ///
    /// - Throws: `ProviderError.keyMissing`; `ProviderError.invalidAddress` where no base is set.
    package init(
        provider: Provider, environment: [String: String], modelBase: String? = nil
    ) throws {
        if let modelBase {
            self.init(provider: provider, base: modelBase, key: nil)
            return
        }
        let stated = environment[provider.baseVariable].flatMap { $0.isEmpty ? nil : $0 }
        guard let base = stated ?? provider.defaultBase else {
            throw ProviderError.baseMissing(variable: provider.baseVariable)
        }
        let key = provider.keyVariable.flatMap { environment[$0] }.flatMap { APIKey($0) }
        if provider.needsKey, key == nil, let variable = provider.keyVariable {
            throw ProviderError.keyMissing(provider: provider.title, variable: variable)
        }
        self.init(
            provider: provider, base: provider == .ollama ? ollamaBase(base) : base, key: key)
    }

    /// Whether what goes there stays on this machine; an address that is none is nowhere.
    package var isOnThisMachine: Bool { (try? address("").isLoopback) ?? false }

    /// The address of `path`, which begins with a slash.
    func address(_ path: String) throws -> HTTPAddress { try HTTPAddress(base + path) }
}

/// `OLLAMA_HOST` as an address: scheme and port may be left out, and the address on which a server
/// listens to all is reached on this machine.
private func ollamaBase(_ host: String) -> String {
    let hasScheme = host.contains("://")
    let scheme = hasScheme ? String(host.prefix { $0 != ":" }) : "http"
    var rest = Substring(hasScheme ? String(host.drop { $0 != ":" }.dropFirst(3)) : host)
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    if rest.hasPrefix("0.0.0.0") { rest = "127.0.0.1" + rest.dropFirst("0.0.0.0".count) }
    let place = rest.prefix { $0 != "/" }
    // A colon inside the brackets of an IPv6 address is not that of a port.
    let hasPort = place.lastIndex(of: ":").map { !place[$0...].contains("]") } ?? false
    if hasPort || hasScheme { return "\(scheme)://\(rest)" }
    return "\(scheme)://\(place):11434\(rest.dropFirst(place.count))"
}
