import Foundation
import LoreCore
import LoreProviders

extension Models {
    /// Downloads the model called `name` and installs it.
    ///
    /// The download keeps a folder of its own until it is whole, so that what a cut-off run left is
    /// used, and a model is never installed in part.
    ///
    /// - Throws: `KnowledgeBaseError.unknownModel`, `ProviderError`, `EmbeddingError`.
    func pull(
        _ name: String, progress: @escaping @Sendable (Int64, Int64) -> Void
    ) async throws -> LocalModel {
        guard let model = DownloadableModel.named(name) else {
            throw KnowledgeBaseError.unknownModel(
                name: name, known: DownloadableModel.all.map(\.name))
        }
        if let present = try installed().first(where: { $0.name == name }) { return present }
        let home = configuration.modelHub?.absoluteString ?? DownloadableModel.publicHome
        let folder = configuration.modelsDirectory.appending(path: ".download-\(name)")
        let client = HTTPClient(
            HTTPClient.Configuration(
                offline: configuration.offline, timeouts: configuration.downloadTimeouts))
        try await ModelDownload(
            of: try model.files(home: home), into: folder, client: client,
            retries: configuration.retryPolicy, timeouts: configuration.downloadTimeouts
        ).run { progress($0.bytesDone, $0.bytesTotal) }
        let installed = try install(from: folder, name: name)
        try FileManager.default.removeItem(at: folder)
        return installed
    }
}

extension Configuration {
    /// A slow line is no failure: only a silent one is.
    fileprivate var downloadTimeouts: HTTPTimeouts {
        HTTPTimeouts(connect: .seconds(connectTimeout), idle: .seconds(idleTimeout), total: nil)
    }

    fileprivate var retryPolicy: RetryPolicy {
        RetryPolicy(
            retries: retries, firstDelay: .seconds(firstRetryDelay),
            longestDelay: .seconds(longestRetryDelay))
    }
}
