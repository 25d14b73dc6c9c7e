import Foundation
import LoreCore
import LoreProviders
import Yams

/// The keys and values of `config.yaml`.
struct SettingsFile {
    /// Scalars as written, lists with commas between their elements.
    private(set) var values: [SettingKey: String] = [:]
    /// The entries of `models`, by the models' names.
    private(set) var chatModels: [String: ModelOverride] = [:]

    /// Reads the file; one that does not exist sets nothing.
    ///
    /// - Throws: `KnowledgeBaseError.unreadableSettings` or `.unknownSetting`.
    init(contentsOf file: URL) throws {
        guard FileManager.default.fileExists(atPath: file.path) else { return }
        do {
            let text = try String(contentsOf: file, encoding: .utf8)
            try parse(text, file: file.path)
        } catch let error as any LoreError {
            throw error
        } catch {
            throw KnowledgeBaseError.unreadableSettings(file: file.path, reason: "\(error)")
        }
    }

    private mutating func parse(_ text: String, file: String) throws {
        guard let root = try Yams.compose(yaml: text), root.null == nil else { return }
        guard let mapping = root.mapping else {
            throw KnowledgeBaseError.unreadableSettings(
                file: file, reason: "it is not a map of keys")
        }
        for (name, value) in mapping {
            let key: SettingKey = try knownKey(name, in: file)
            if value.null != nil { continue }
            if key == .models {
                chatModels = try ChatModelSettings(value, file: file).models
            } else {
                values[key] = try scalars(of: value, key)
            }
        }
    }

    private func scalars(of value: Node, _ key: SettingKey) throws -> String {
        if let scalar = value.scalar?.string { return scalar }
        guard key == .localOnlyFolders || key == .localOnlyTags,
            let names = value.sequence?.map({ $0.scalar?.string }), !names.contains(nil)
        else {
            throw KnowledgeBaseError.invalidSetting(
                key: key.rawValue, value: "a list or map", expected: "a single value")
        }
        return names.compactMap { $0 }.joined(separator: ",")
    }
}

/// The key that `name` is.
///
/// - Throws: `KnowledgeBaseError.unknownSetting`.
func knownKey<Key: RawRepresentable<String> & CaseIterable>(
    _ name: Node, in file: String
) throws -> Key {
    let typed = name.string ?? ""
    guard let key = Key(rawValue: typed) else {
        let known = Key.allCases.map(\.rawValue)
        throw KnowledgeBaseError.unknownSetting(
            key: typed, nearest: nearestName(to: typed, among: known), file: file)
    }
    return key
}
