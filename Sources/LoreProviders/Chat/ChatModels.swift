/// Makes the chat models that a user may name.
package struct ChatModels: Sendable {
    let calls: ProviderCalls

    package init(_ calls: ProviderCalls) { self.calls = calls }

    /// The model called `name`, such as `anthropic:claude-opus-5-5`; nothing is asked of it yet.
    ///
    /// - Throws: `ProviderError.unknownProvider`, `keyMissing`, `baseMissing`.
    package func model(named name: String) throws -> RemoteChatModel {
        let name = try ModelName(name)
        return RemoteChatModel(
            profile: calls.catalog.profile(of: name), call: try calls.call(for: name))
    }
}
