package import Lore

/// `models list --json`.
package struct ModelsBody: Encodable, Sendable {
    let models: [ModelBody]

    package init(_ models: [LocalModel]) { self.models = models.map(ModelBody.init) }
}

/// A model on this machine.
package struct ModelBody: Encodable, Sendable {
    let name: String
    /// `embedding` or `reranking`.
    let kind: String
    let dimensions: Int
    let maxTokens: Int
    let bytes: Int64
    let path: String
    let sha256: String

    package init(_ model: LocalModel) {
        name = model.name
        kind = model.kind.rawValue
        dimensions = model.dimensions
        maxTokens = model.maxTokens
        bytes = model.bytes
        path = model.path
        sha256 = model.sha256
    }
}
