package import Lore

/// `models list --chat --json`.
package struct ChatModelsBody: Encodable, Sendable {
    let models: [ChatModelBody]

    package init(_ list: ChatModelList) { models = list.models.map(ChatModelBody.init) }
}

/// A chat model that can be named.
package struct ChatModelBody: Encodable, Sendable {
    let name: String
    let provider: String
    /// `present`, `missing` or `not needed`; never the key.
    let key: String
    let window: Int?
    /// Of models of this machine.
    let reachable: Bool?
    /// `answers` and `utility`, where the settings name it.
    let uses: [String]

    init(_ model: ChatModelStatus) {
        name = model.name
        provider = model.provider
        key = model.key.rawValue
        window = model.window
        reachable = model.isReachable
        uses = model.uses.map(\.rawValue)
    }
}
