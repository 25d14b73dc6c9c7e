import Foundation
import LoreCore
import LoreEmbedding
import LoreStore
import Synchronization

/// A person's notes, searchable and answerable: the public API of lore.
///
/// The command line and the server call these methods and hold no logic of their own. One instance
/// keeps its index open and its model loaded; it may be used from many tasks at once.
public final class KnowledgeBase: Sendable {
    public let configuration: Configuration
    let opened: OpenedStore
    let models: Models
    let vectors = VectorCache()

    /// Opens nothing yet: an index that is absent is an error of the first method that needs it.
    public convenience init(configuration: Configuration) {
        self.init(configuration: configuration, models: Models(configuration: configuration))
    }

    init(configuration: Configuration, models: Models) {
        self.configuration = configuration
        self.models = models
        opened = OpenedStore(path: configuration.database.path)
    }

    // The methods by topic: KnowledgeBase+Indexing, +Searching, +Notes, +Models, +Evaluation.
}
