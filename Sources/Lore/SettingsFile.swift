import Foundation
import LoreCore
import Yams

/// The keys and values of `config.yaml`.
struct SettingsFile {
    /// Scalars as written; lists and maps are checked for their key alone.
    let values: [SettingKey: String]

    /// Reads the file; one that does not exist sets nothing.
    ///
    /// - Throws: `KnowledgeBaseError.unreadableSettings` or `.unknownSetting`.
    init(contentsOf file: URL) throws {
        guard FileManager.default.fileExists(atPath: file.path) else {
            values = [:]
            return
        }
        do {
            let text = try String(contentsOf: file, encoding: .utf8)
            values = try Self.parse(text, file: file.path)
        } catch let error as KnowledgeBaseError {
            throw error
        } catch {
            throw KnowledgeBaseError.unreadableSettings(file: file.path, reason: "\(error)")
        }
    }

    private static func parse(_ text: String, file: String) throws -> [SettingKey: String] {
        guard let root = try Yams.compose(yaml: text), root.null == nil else { return [:] }
        guard let mapping = root.mapping else {
            throw KnowledgeBaseError.unreadableSettings(
                file: file, reason: "it is not a map of keys")
        }
        let known = SettingKey.allCases.map(\.rawValue)
        var values: [SettingKey: String] = [:]
        for (name, value) in mapping {
            let typed = name.string ?? ""
            guard let key = SettingKey(rawValue: typed) else {
                throw KnowledgeBaseError.unknownSetting(
                    key: typed, nearest: nearestName(to: typed, among: known), file: file)
            }
            if value.null == nil, let scalar = value.scalar?.string { values[key] = scalar }
        }
        return values
    }
}
