public import Foundation
package import LoreProviders

/// Every setting of lore, with its default, its unit and the reason for it: the one home of numbers.
public struct Configuration: Sendable {
    /// The index: one SQLite file.
    public var database: URL
    /// Where models lie, a folder each.
    public var modelsDirectory: URL
    /// Where what can be made again lies: indexes of evaluation sets.
    public var cacheDirectory: URL

    /// The model that answers; `extractive` needs no key and no network.
    public var model = Configuration.extractive
    /// A cheap model for summaries and rewrites; nil: the one that answers.
    public var utilityModel: String?
    /// How freely a model writes, 0 for its likeliest words: answers should keep to the notes.
    public var temperature = 0.2
    /// Tokens of one answer at most.
    public var maxTokens = 1024
    /// What of earlier turns a model is sent.
    public var history = HistoryChoice.summarize
    /// The part of a model's window that a request may fill before older turns give way: what is left
    /// is room for a longer answer and for a wrong estimate.
    public var historyShare = 0.7
    /// Turns that `HistoryChoice.window` sends.
    public var historyTurns = 10
    /// Whether a model may call tools to look further into the notes; automatically one elsewhere may.
    ///
    /// Small ones, as they run on one's own machine, call tools where they should answer.
    public var tools = AutomaticChoice.auto
    /// Whether answers are strict; automatically those of a model on this machine are.
    ///
    /// Small models write little in free text that stands on the notes; see `docs/CHAT.md`.
    public var strict = AutomaticChoice.auto
    /// US dollars that models may cost in a day, and in a month; nil: without limit.
    public var maxCostDay: Double?
    public var maxCostMonth: Double?
    /// Indexed folders, by name, whose notes' text stays on this machine.
    public var localOnlyFolders: [String] = []
    /// Tags of notes whose text stays on this machine.
    public var localOnlyTags = ["private"]
    /// What the settings know of chat models, by their names.
    package var chatModels: [String: ModelOverride] = [:]
    /// Keys and addresses of those who run chat models.
    public var providers = ProviderVariables()
    /// The model that embeds, by its name below `modelsDirectory`; nil: the one that the index was
    /// made with, and `defaultEmbeddingModel` for a new index.
    public var embeddingModel: String?
    /// The model that judges the best passages of a search by meaning.
    public var rerank = RerankChoice.auto
    /// Passages an answer is made from.
    public var passages = 8
    /// Hits of a search, unless told.
    public var searchLimit = 10

    /// Refuses every connection that is not loopback.
    public var offline = false
    /// Seconds to reach a server.
    public var connectTimeout = 10.0
    /// Seconds without a byte.
    public var idleTimeout = 60.0
    /// Seconds for a whole answer; a model's download has none, since its size is known.
    public var totalTimeout = 600.0
    /// Tries after the first.
    public var retries = 2
    /// Seconds before the second try at most; the delay doubles with each.
    public var firstRetryDelay = 1.0
    /// Seconds between two tries at most.
    public var longestRetryDelay = 30.0
    /// Where model files are fetched from, in place of the models' public home.
    public var modelHub: URL?

    /// Tokens of a chunk with its heading path: a passage one reads at a glance; the trials in
    /// `docs/RETRIEVAL.md` found nothing better for ranking.
    public var chunkTokens = 200
    /// Bytes of a file that is still taken for a note: larger ones are exports and logs.
    public var maxFileBytes = 50_000_000
    /// Texts embedded and stored at once: what an interruption can cost.
    public var embeddingBatch = 256
    /// Cores that embedding and search may use.
    public var threads = ProcessInfo.processInfo.activeProcessorCount

    /// Seconds to wait for another process that writes to the index: longer than a large note or a
    /// batch takes, shorter than a person's patience.
    public var writerTimeout = 60.0
    /// Where each setting that is not the default came from, by its name.
    public var origins: [String: SettingOrigin] = [:]
    /// What a person should know of how the settings were found, a sentence each.
    public var notices: [String] = []

    /// The answerer that is built in.
    public static let extractive = "extractive"
    /// The model of a new index where none is set.
    public static let defaultEmbeddingModel = "minilm"
    /// Bytes of disk that should be free beside what a copy of the index takes.
    static let spareBytes: Int64 = 100_000_000
    /// What temperature and the length of an answer may be set to.
    public static let temperatures = 0.0...2
    public static let answerTokens = 1...1_000_000
    /// US dollars that a ceiling may be set to.
    public static let costs = 0.0...1_000_000
    /// What of a window earlier turns may take before they give way, and how many turns may be kept.
    static let historyShares = 0.1...0.95
    static let historyTurnsRange = 0...1_000
    /// Of the last requests to a model, those whose counted tokens tell how many a text has: older ones
    /// no longer weigh.
    static let countedRequests = 32
    /// So many passages of an answer leave room for one that the last answer cited.
    static let passagesForKept = 4
    /// Sources of one strict statement at most: small models name as many as they may, and choose better
    /// where it is one.
    static let statementSources = 3
    static let statementSourcesHere = 1
    /// Replies of a model to one question that may call tools; after them it has to answer.
    static let toolRounds = 5
    /// Calls of one reply that are run: more are no plan but a loop.
    static let callsAtOnce = 8
    /// Tokens of the result of a call at most: eight passages.
    static let toolResultTokens = 2_000
    /// The last turns that a summary which is asked for leaves whole: what a follow-up goes on with.
    static let turnsBehindSummary = 2
    /// The window of a chat model of which none is known: what small local models have.
    static let assumedWindow = 8_192
    /// What a chunk may be told to have; a model that reads less cuts it there.
    public static let chunkTokensRange = 32...8_192
    /// What a search or a question may ask for at once.
    public static let limits = 1...1_000
    /// The cosine from which on two passages are near duplicates: the same but for a few words.
    public static let duplicateThreshold = 0.95
    /// What that may be set to; below, passages are alike but not the same.
    public static let duplicateThresholds = 0.7...1
    /// Port of `serve`.
    public static let port = 4815
    /// Seconds between two signs of life in a streamed answer; clients rely on one in 15.
    public static let pingInterval = 10
    /// Bytes of a request's body that the server reads.
    public static let maxRequestBytes = 1_000_000

    public init(database: URL, modelsDirectory: URL, cacheDirectory: URL) {
        self.database = database
        self.modelsDirectory = modelsDirectory
        self.cacheDirectory = cacheDirectory
    }
}
