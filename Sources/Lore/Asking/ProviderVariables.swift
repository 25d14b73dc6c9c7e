import LoreProviders

/// The variables of the environment that hold keys and addresses of those who run chat models.
///
/// It shows their values to no one.
public struct ProviderVariables: Sendable {
    let values: [String: String]

    static let names = Set(
        Provider.allCases.flatMap { [$0.baseVariable] + ($0.keyVariable.map { [$0] } ?? []) })

    /// What of `environment` is a key or an address.
    public init(_ environment: [String: String] = [:]) {
        values = environment.filter { Self.names.contains($0.key) }
    }
}

extension ProviderVariables: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    public var description: String { values.keys.sorted().joined(separator: ", ") }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
