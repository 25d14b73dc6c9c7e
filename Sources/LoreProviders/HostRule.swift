/// Decides which hosts may be connected to: the one place where that is decided.
struct HostRule: Sendable {
    /// Refuse every connection that is not loopback.
    let offline: Bool

    /// - Throws: `ProviderError.refusedOffline` where the rule forbids the host.
    func check(_ address: HTTPAddress) throws {
        guard offline, !address.isLoopback else { return }
        throw ProviderError.refusedOffline(host: address.place)
    }
}
