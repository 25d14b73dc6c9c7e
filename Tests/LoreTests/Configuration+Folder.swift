import Foundation
import Lore
import TestSupport

extension Configuration {
    /// An index, models and caches in `folder`.
    init(in folder: TemporaryFolder) {
        self.init(
            database: folder.url.appending(path: "lore.db"),
            modelsDirectory: folder.url.appending(path: "models"),
            cacheDirectory: folder.url.appending(path: "cache"))
        // Scripted models on loopback reply in free text.
        strict = .off
    }
}
