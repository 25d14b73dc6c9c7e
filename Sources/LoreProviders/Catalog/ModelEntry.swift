import LoreCore

/// One model of the catalogue as it stands in the file.
struct ModelEntry: Hashable, Sendable {
    /// `provider:name`.
    let model: String
    private(set) var base: String?
    private(set) var window: Int?
    private(set) var maxOutput: Int?
    /// Of an embedding model's vectors.
    private(set) var dimensions: Int?
    private(set) var refuses: Set<ModelProfile.Parameter> = []
    private(set) var efforts: Set<Effort>?
    /// Whether only the settings speak of the model.
    private(set) var isOverrideAlone = false

    private var rates = PartialRates()
    private var batch = PartialRates()
    private var long: ModelPrices.LongContext?

    /// An entry that the settings make.
    init(model: String) {
        self.model = model
        isOverrideAlone = true
    }

    /// - Throws: `CatalogError` where a key is missing or says what lore does not know.
    init(_ value: JSONValue) throws {
        guard let model = value["model"]?.string else {
            throw CatalogError.missing(key: "model", model: value.text)
        }
        self.model = model
        window = value["window"]?.int
        maxOutput = value["max_output"]?.int
        dimensions = value["dimensions"]?.int
        rates = PartialRates(value, prefix: "")
        batch = PartialRates(value, prefix: "batch_")
        refuses = Set(try words("refuses", in: value, of: model) ?? [])
        efforts = try words("efforts", in: value, of: model).map { Set($0) }
        if let tier = value["long_context"] {
            guard let above = tier["above_tokens"]?.int,
                let rates = PartialRates(tier, prefix: "").complete
            else { throw CatalogError.missing(key: "above_tokens", model: model) }
            long = ModelPrices.LongContext(aboveTokens: above, rates: rates)
        }
    }

    /// What the model costs; nil where not all that is needed is known.
    var prices: ModelPrices? {
        rates.complete.map { ModelPrices($0, long: long, batch: batch.complete) }
    }

    var inputPrice: Double? { rates.input }

    /// Takes what the user says instead of what stands here.
    mutating func apply(_ override: ModelOverride) {
        base = override.base ?? base
        window = override.window ?? window
        maxOutput = override.maxOutput ?? maxOutput
        guard override.input != nil || override.output != nil || override.cached != nil else {
            return
        }
        rates.input = override.input ?? rates.input
        rates.output = override.output ?? rates.output
        rates.cached = override.cached ?? rates.cached
        // The user's price is the whole price.
        (long, batch) = (nil, PartialRates())
    }
}

/// Prices of which some may not be known.
private struct PartialRates: Hashable, Sendable {
    var input: Double?
    var output: Double?
    var cached: Double?
    var cacheWrite: Double?

    init() {}

    init(_ value: JSONValue, prefix: String) {
        input = value["\(prefix)input_usd"]?.double
        output = value["\(prefix)output_usd"]?.double
        cached = value["\(prefix)cached_usd"]?.double
        cacheWrite = value["\(prefix)cache_write_usd"]?.double
    }

    var complete: ModelPrices.Rates? {
        guard let input, let output else { return nil }
        return ModelPrices.Rates(
            input: input, output: output, cached: cached, cacheWrite: cacheWrite)
    }
}

/// The list of words at `key`; nil where there is none.
private func words<Word: RawRepresentable<String>>(
    _ key: String, in value: JSONValue, of model: String
) throws -> [Word]? {
    try value[key]?.elements?.map { element in
        let text = element.string ?? element.text
        guard let word = Word(rawValue: text) else {
            throw CatalogError.unknown(key: key, value: text, model: model)
        }
        return word
    }
}
