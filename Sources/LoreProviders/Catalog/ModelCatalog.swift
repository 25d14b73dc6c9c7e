package import LoreCore

/// What lore knows of the providers' models: windows, prices, what each refuses.
///
/// The catalogue is `models.json`, part of the program; the user's settings correct and extend it.
package struct ModelCatalog: Sendable {
    private var entries: [String: ModelEntry] = [:]
    /// In the order of the file.
    package private(set) var names: [String] = []

    /// The catalogue that is part of the program.
    package static let bundled: ModelCatalog = {
        do {
            return try ModelCatalog(parsing: PackageResources.models_json)
        } catch {
            preconditionFailure("models.json: \(error)")
        }
    }()

    /// Reads a catalogue in the form of `models.json`.
    ///
    /// - Throws: `JSONSyntaxError` or `CatalogError`.
    package init(parsing bytes: [UInt8]) throws {
        let document = try JSONValue(parsing: bytes)
        guard let models = document["models"]?.elements else { throw CatalogError.noModels }
        for model in models {
            let entry = try ModelEntry(model)
            guard entries.updateValue(entry, forKey: entry.model) == nil else {
                throw CatalogError.twice(model: entry.model)
            }
            names.append(entry.model)
        }
    }

    /// This catalogue with what the user knows better; keys are `provider:name`.
    package func applying(_ overrides: [String: ModelOverride]) -> ModelCatalog {
        var catalog = self
        for (name, override) in overrides.sorted(by: { $0.key < $1.key }) {
            if catalog.entries[name] == nil { catalog.names.append(name) }
            catalog.entries[name, default: ModelEntry(model: name)].apply(override)
        }
        return catalog
    }

    /// What is known of a chat model; little, where the catalogue does not have it.
    package func profile(of name: ModelName) -> ModelProfile {
        var profile = ModelProfile(name: name.model)
        if let entry = entries[name.description], !entry.isOverrideAlone {
            profile.refuses = entry.refuses
            profile.efforts = entry.efforts
        } else if name.provider == .openai, isReasoning(name.model) {
            profile.refuses = [.temperature, .stop]
        }
        let entry = entries[name.description]
        profile.window = entry?.window
        profile.maxOutput = entry?.maxOutput
        profile.prices = entry?.prices
        return profile
    }

    /// The base address that the settings give a model of their own.
    package func base(of name: ModelName) -> String? { entries[name.description]?.base }

    /// What is known of an embedding model; its name alone, where the catalogue does not have it.
    package func embeddingProfile(of name: ModelName) -> EmbeddingProfile {
        let entry = entries[name.description]
        return EmbeddingProfile(
            name: name.model, window: entry?.window, dimensions: entry?.dimensions,
            price: entry?.inputPrice)
    }
}

/// Whether OpenAI's model thinks before it answers, by its family.
private func isReasoning(_ model: String) -> Bool {
    ["o1", "o3", "o4", "gpt-5", "gpt-6"].contains { model.hasPrefix($0) }
}

/// What a user knows of a model: an entry of `models:` in the settings.
package struct ModelOverride: Hashable, Sendable {
    package var base: String?
    package var window: Int?
    package var maxOutput: Int?
    /// US dollars for a million tokens, as the next two.
    package var input: Double?
    package var output: Double?
    package var cached: Double?

    package init(
        base: String? = nil, window: Int? = nil, maxOutput: Int? = nil, input: Double? = nil,
        output: Double? = nil, cached: Double? = nil
    ) {
        self.base = base
        self.window = window
        self.maxOutput = maxOutput
        self.input = input
        self.output = output
        self.cached = cached
    }
}

/// A catalogue that cannot be read.
package enum CatalogError: LoreError, Hashable {
    case noModels
    case missing(key: String, model: String)
    case unknown(key: String, value: String, model: String)
    case twice(model: String)

    package var category: ErrorCategory { .corruptData }

    package var message: String {
        switch self {
        case .noModels: "the catalogue of models has no list 'models'"
        case .missing(let key, let model): "the catalogue's entry of '\(model)' has no '\(key)'"
        case .unknown(let key, let value, let model):
            "the catalogue's entry of '\(model)' has an unknown '\(key)': '\(value)'"
        case .twice(let model): "the catalogue has '\(model)' twice"
        }
    }

    package var hint: String { "" }
}
