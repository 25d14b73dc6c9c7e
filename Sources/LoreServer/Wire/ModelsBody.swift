package import Lore

/// `models list --json`.
package struct ModelsBody: Encodable, Sendable {
    let models: [ModelBody]

    package init(_ models: [EmbeddingModel]) { self.models = models.map(ModelBody.init) }
}

/// An embedding model on this machine.
package struct ModelBody: Encodable, Sendable {
    let name: String
    let dimensions: Int
    let maxTokens: Int
    let bytes: Int64
    let path: String
    let sha256: String

    package init(_ model: EmbeddingModel) {
        name = model.name
        dimensions = model.dimensions
        maxTokens = model.maxTokens
        bytes = model.bytes
        path = model.path
        sha256 = model.sha256
    }
}
