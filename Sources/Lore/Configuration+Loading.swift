public import Foundation
import Yams

extension Configuration {
    /// The settings in force: the environment's, else those of `config.yaml`, else the defaults.
    ///
    /// - Parameters:
    ///   - environment: Variables by name.
    ///   - home: The user's folder, against which the XDG defaults are taken.
    /// - Returns: The settings, each key checked.
    /// - Throws: `KnowledgeBaseError` for an unknown key or a value of the wrong kind.
    public static func load(environment: [String: String], home: URL) throws -> Configuration {
        try load(Variables(environment: environment), home: home)
    }

    static func load(_ variables: Variables, home: URL) throws -> Configuration {
        let places = Places(environment: variables.environment, home: home)
        var configuration = Configuration(
            database: variables["LORE_DB"].map { URL(fileURLWithPath: $0) }
                ?? places.data.appendingPathComponent("lore.db"),
            modelsDirectory: places.data.appendingPathComponent("models", isDirectory: true),
            cacheDirectory: places.cache)
        let file = places.config.appendingPathComponent("config.yaml")
        configuration.origins["db"] = variables.origin(of: "LORE_DB")
        let settings = try SettingsFile(contentsOf: file)
        try configuration.apply(settings.values) { _ in .file(path: file.path) }
        configuration.chatModels = settings.chatModels
        configuration.takeProviders(from: variables)
        for key in SettingKey.allCases {
            guard let value = variables[key.environmentName] else { continue }
            try configuration.apply(key, value)
            configuration.origins[key.rawValue] = variables.origin(of: key.environmentName)
        }
        configuration.modelHub = variables["HF_ENDPOINT"].flatMap(URL.init(string:))
        return configuration
    }

    private mutating func takeProviders(from variables: Variables) {
        providers = ProviderVariables(variables.all)
        for name in providers.values.keys { origins[name] = variables.origin(of: name) }
    }

    /// Takes over the settings that `values` holds, each read as its kind.
    private mutating func apply(
        _ values: [SettingKey: String], from origin: (SettingKey) -> SettingOrigin
    ) throws {
        for (key, value) in values.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            try apply(key, value)
            origins[key.rawValue] = origin(key)
        }
    }

    private mutating func apply(_ key: SettingKey, _ value: String) throws {
        switch key {
        case .model: model = value
        case .embeddingModel: embeddingModel = value
        case .rerank: rerank = RerankChoice(value)
        case .chunkTokens: chunkTokens = try key.integer(value, in: Self.chunkTokensRange)
        case .passages: passages = try key.integer(value, in: Self.limits)
        case .connectTimeout: connectTimeout = try key.number(value, in: 0.001...86_400)
        case .idleTimeout: idleTimeout = try key.number(value, in: 0.001...86_400)
        case .totalTimeout: totalTimeout = try key.number(value, in: 0.001...86_400)
        case .writerTimeout: writerTimeout = try key.number(value, in: 0...86_400)
        case .retries: retries = try key.integer(value, in: 0...100)
        case .utilityModel: utilityModel = value
        case .temperature: temperature = try key.number(value, in: Self.temperatures)
        case .maxTokens: maxTokens = try key.integer(value, in: Self.answerTokens)
        case .history: history = try key.choice(value)
        case .tools: tools = try key.choice(value)
        case .strict: strict = try key.choice(value)
        case .historyShare: historyShare = try key.number(value, in: Self.historyShares)
        case .historyTurns: historyTurns = try key.integer(value, in: Self.historyTurnsRange)
        case .maxCostDay: maxCostDay = try key.number(value, in: Self.costs)
        case .maxCostMonth: maxCostMonth = try key.number(value, in: Self.costs)
        case .localOnlyFolders: localOnlyFolders = key.list(value)
        case .localOnlyTags: localOnlyTags = key.list(value)
        // A map, read with the file.
        case .models: break
        }
    }
}

/// The folders of the XDG base directory specification, and their counterparts on macOS.
private struct Places {
    let data: URL
    let config: URL
    let cache: URL

    init(environment: [String: String], home: URL) {
        func folder(_ variable: String, _ fallback: String) -> URL {
            // The specification has relative paths ignored.
            let set = environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil }
            let root = set.map { URL(fileURLWithPath: $0) } ?? home.appendingPathComponent(fallback)
            return root.appendingPathComponent("lore", isDirectory: true)
        }
        #if os(macOS)
            data = folder("XDG_DATA_HOME", "Library/Application Support")
            cache = folder("XDG_CACHE_HOME", "Library/Caches")
        #else
            data = folder("XDG_DATA_HOME", ".local/share")
            cache = folder("XDG_CACHE_HOME", ".cache")
        #endif
        config = folder("XDG_CONFIG_HOME", ".config")
    }
}

extension SettingKey {
    fileprivate func integer(_ text: String, in range: ClosedRange<Int>) throws -> Int {
        guard let value = Int(text), range.contains(value) else {
            throw invalid(text, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    fileprivate func number(_ text: String, in range: ClosedRange<Double>) throws -> Double {
        guard let value = Double(text), range.contains(value) else {
            throw invalid(text, "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    fileprivate func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ text: String
    ) throws -> Choice {
        guard let choice = Choice(rawValue: text) else {
            let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw invalid(text, "one of \(words)")
        }
        return choice
    }

    /// The names that commas part.
    fileprivate func list(_ text: String) -> [String] {
        text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
    }

    private func invalid(_ text: String, _ expected: String) -> KnowledgeBaseError {
        .invalidSetting(key: rawValue, value: text, expected: expected)
    }
}
