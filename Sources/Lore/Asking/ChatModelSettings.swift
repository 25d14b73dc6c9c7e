import LoreCore
import LoreProviders
import Yams

/// The map `models` of `config.yaml`: what the catalogue does not know of a chat model, or has wrong.
struct ChatModelSettings {
    enum Key: String, CaseIterable {
        case baseURL = "base_url"
        case window
        case maxOutput = "max_output"
        case input = "input_usd"
        case output = "output_usd"
        case cached = "cached_usd"
    }

    private(set) var models: [String: ModelOverride] = [:]
    private let file: String

    /// - Throws: `KnowledgeBaseError` for an unknown key or a value of the wrong kind;
    ///   `ProviderError.unknownProvider` for a name without a provider.
    init(_ node: Node, file: String) throws {
        self.file = file
        guard let mapping = node.mapping else {
            throw invalid("", node, "a map of models")
        }
        for (name, value) in mapping {
            let name = try ModelName(name.string ?? "").description
            models[name] = try model(value, name: name)
        }
    }

    private func model(_ node: Node, name: String) throws -> ModelOverride {
        guard let mapping = node.mapping else { throw invalid(name, node, "a map of keys") }
        var model = ModelOverride()
        for (keyNode, value) in mapping {
            let key: Key = try knownKey(keyNode, in: file)
            if value.null != nil { continue }
            let place = "\(name).\(key.rawValue)"
            switch key {
            case .baseURL: model.base = value.string
            case .window: model.window = try tokens(value, place)
            case .maxOutput: model.maxOutput = try tokens(value, place)
            case .input: model.input = try price(value, place)
            case .output: model.output = try price(value, place)
            case .cached: model.cached = try price(value, place)
            }
        }
        return model
    }

    private func tokens(_ node: Node, _ place: String) throws -> Int {
        guard let count = node.int, count > 0 else {
            throw invalid(place, node, "a count of tokens")
        }
        return count
    }

    private func price(_ node: Node, _ place: String) throws -> Double {
        guard let price = node.float ?? node.int.map(Double.init), price >= 0, price.isFinite else {
            throw invalid(place, node, "US dollars for a million tokens")
        }
        return price
    }

    private func invalid(_ place: String, _ node: Node, _ expected: String) -> KnowledgeBaseError {
        let key = place.isEmpty ? "models" : "models.\(place)"
        return .invalidSetting(key: key, value: node.string ?? "", expected: expected)
    }
}
