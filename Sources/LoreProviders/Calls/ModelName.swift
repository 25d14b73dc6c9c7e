import LoreCore

/// A model of a provider as the user names it: `provider:name`.
package struct ModelName: Hashable, Sendable, CustomStringConvertible {
    package let provider: Provider
    /// What the provider calls it; it may hold colons and slashes.
    package let model: String

    /// - Throws: `ProviderError.unknownProvider` where `text` does not begin with a provider.
    package init(_ text: String) throws {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[1].isEmpty,
            let provider = Provider(rawValue: String(parts[0]))
        else {
            let names = Provider.allCases.map(\.rawValue)
            let nearest = nearestName(to: parts.first.map(String.init) ?? "", among: names)
            throw ProviderError.unknownProvider(name: text, nearest: nearest)
        }
        self.provider = provider
        model = String(parts[1])
    }

    package var description: String { "\(provider.rawValue):\(model)" }
}
