import Configuration
import Foundation
import LoreCore
import LoreProviders
import Synchronization
import SystemPackage

/// What a `.env` says of lore's settings and of the keys and addresses of providers.
///
/// Everything else in it belongs to other programs. Its values are shown to no one.
struct EnvironmentFile: Sendable {
    let path: String
    /// Never empty ones.
    private(set) var values: [String: String] = [:]

    /// The `.env` in `folder`; nil where there is none that is a file: some keep a folder of that name.
    static func path(in folder: URL) -> String? {
        let file = folder.appendingPathComponent(".env")
        // Whatever cannot be looked at is not there to be read.
        let type = try? FileManager.default.attributesOfItem(
            atPath: file.resolvingSymlinksInPath().path)[.type]
        return type as? FileAttributeType == .typeRegular ? file.path : nil
    }

    /// Reads the file at `path`.
    ///
    /// - Throws: `KnowledgeBaseError.unreadableSettings`; `.unknownSetting` for a name that begins
    ///   as lore's do and is none.
    init(contentsOf path: String) async throws {
        self.path = path
        // Its reader takes a line that ends so for a part of the next, or of a comment.
        if FileManager.default.contents(atPath: path)?.range(of: Data("\r\n".utf8)) != nil {
            throw Self.foreignLineEnds(path)
        }
        let names = NameList()
        let provider: EnvironmentVariablesProvider
        do {
            provider = try await EnvironmentVariablesProvider(
                environmentFilePath: FilePath(path), secretsSpecifier: names.specifier)
        } catch {
            throw KnowledgeBaseError.unreadableSettings(file: path, reason: "\(error)")
        }
        for written in names.all {
            guard let value = try provider.environmentValue(forName: written) else { continue }
            try take(value, of: EnvironmentLine.name(written))
        }
    }

    private static func foreignLineEnds(_ path: String) -> KnowledgeBaseError {
        .unreadableSettings(file: path, reason: "its lines end in CR LF and not in LF")
    }

    private mutating func take(_ text: String, of name: String) throws {
        guard !text.contains(where: \.isNewline) else {
            throw Self.foreignLineEnds(path)
        }
        guard Self.known.contains(name) else {
            guard name.hasPrefix("LORE_") else { return }
            throw KnowledgeBaseError.unknownSetting(
                key: name, nearest: nearestName(to: name, among: Self.known.sorted()), file: path)
        }
        let value = EnvironmentLine.value(text)
        if !value.isEmpty { values[name] = value }
    }

    /// The names that lore takes from the file.
    private static let known = Set(
        SettingKey.allCases.map(\.environmentName) + ["LORE_DB", "LORE_TOKEN"]
            + ProviderVariables.names)

    /// Lets go of addresses that would draw a key of the environment to themselves: a key goes only
    /// to the address that stands beside it.
    ///
    /// - Returns: A sentence for each.
    mutating func dropAddresses(beside environment: [String: String]) -> [String] {
        var notices: [String] = []
        for provider in Provider.allCases {
            guard let key = provider.keyVariable, environment[key, default: ""] != "",
                environment[provider.baseVariable, default: ""] == "",
                values.removeValue(forKey: provider.baseVariable) != nil
            else { continue }
            notices.append(
                "\(provider.baseVariable) in '\(path)' is not used: \(key) comes from the "
                    + "environment, and a key goes only to the address that stands beside it")
        }
        return notices
    }
}

/// The names in a file, which its reader tells while it asks which values are secret: all are.
private final class NameList: Sendable {
    private let names = Mutex<[String]>([])

    var all: [String] { names.withLock { $0.sorted() } }

    var specifier: SecretsSpecifier<String, String> {
        .dynamic { name, _ in
            self.names.withLock { $0.append(name) }
            return true
        }
    }
}

/// What shells and other readers of such files understand beside `NAME=value`.
enum EnvironmentLine {
    /// `NAME` of `export NAME`.
    static func name(_ text: String) -> String {
        let words = text.split(whereSeparator: \.isWhitespace)
        return words.count == 2 && words[0] == "export" ? String(words[1]) : text
    }

    /// The value without its quotes, or else without the comment behind it.
    static func value(_ text: String) -> String {
        if let quote = text.first, quote == "\"" || quote == "'",
            let end = text.dropFirst().firstIndex(of: quote)
        {
            return String(text[text.index(after: text.startIndex)..<end])
        }
        guard let comment = text.range(of: " #") else { return text }
        return text[..<comment.lowerBound].trimmingCharacters(in: .whitespaces)
    }
}
