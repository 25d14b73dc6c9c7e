import Foundation

/// Where a setting that is in force comes from, the strongest first.
public enum SettingOrigin: Sendable, Hashable, CustomStringConvertible {
    /// For example `--db`.
    case flag(String)
    case environment(variable: String)
    case file(path: String)
    case builtIn

    public var description: String {
        switch self {
        case .flag(let name): name
        case .environment(let variable): "the environment, \(variable)"
        case .file(let path): path
        case .builtIn: "default"
        }
    }
}

/// A setting that is in force.
public struct Setting: Sendable, Hashable {
    /// As in `config.yaml`.
    public let name: String
    /// In words; empty where the setting is not set and has no default.
    public let value: String
    public let origin: SettingOrigin
}

extension Configuration {
    /// The settings that something depends on, each with where it comes from; of keys and addresses
    /// of providers only that they are set.
    public var settings: [Setting] {
        let values: [(String, String)] =
            [
                ("db", database.path),
                (SettingKey.model.rawValue, model),
                (SettingKey.temperature.rawValue, "\(temperature)"),
                (SettingKey.maxTokens.rawValue, "\(maxTokens)"),
                (SettingKey.embeddingModel.rawValue, embeddingModel ?? "the index's own"),
                (SettingKey.chunkTokens.rawValue, "\(chunkTokens)"),
                (SettingKey.passages.rawValue, "\(passages)"),
                (SettingKey.connectTimeout.rawValue, "\(connectTimeout) s"),
                (SettingKey.idleTimeout.rawValue, "\(idleTimeout) s"),
                (SettingKey.totalTimeout.rawValue, "\(totalTimeout) s"),
                (SettingKey.writerTimeout.rawValue, "\(writerTimeout) s"),
                (SettingKey.retries.rawValue, "\(retries)"),
                ("offline", "\(offline)"),
            ] + providers.values.keys.sorted().map { ($0, "set") }
        return values.map { name, value in
            Setting(name: name, value: value, origin: origins[name] ?? .builtIn)
        }
    }
}
