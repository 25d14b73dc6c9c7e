import LoreCore

/// Decides which hosts may be connected to: the one place where that is decided.
struct HostRule: Sendable {
    /// Refuse every connection that is not loopback.
    let offline: Bool

    /// - Parameters:
    ///   - address: Where a request goes.
    ///   - notes: What it holds of notes.
    /// - Throws: `ProviderError.refusedOffline` where the rule forbids the host,
    ///   `ProviderError.refusedLocalOnly` where a note stays on this machine and the host is another.
    func check(_ address: HTTPAddress, carrying notes: SentNotes?) throws {
        guard !address.isLoopback else { return }
        guard !offline else { throw ProviderError.refusedOffline(host: address.place) }
        guard let note = notes?.origins.first(where: \.isLocalOnly) else { return }
        throw ProviderError.refusedLocalOnly(host: address.place, path: note.path)
    }
}
