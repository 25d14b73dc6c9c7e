import LoreProviders

/// The variables of the environment that hold keys and addresses of those who run chat models.
///
/// It shows their values to no one.
public struct ProviderVariables: Sendable {
    let values: [String: String]

    /// What of `environment` is a key or an address.
    public init(_ environment: [String: String] = [:]) {
        let names = Provider.allCases.flatMap { provider in
            [provider.baseVariable] + (provider.keyVariable.map { [$0] } ?? [])
        }
        values = environment.filter { names.contains($0.key) }
    }
}

extension ProviderVariables: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    public var description: String { values.keys.sorted().joined(separator: ", ") }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
