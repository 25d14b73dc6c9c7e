public import LoreCore

/// What an indexing run is to do.
public struct IndexRequest: Sendable {
    /// Folders to register and bring up to date; none: every registered folder.
    public var folders: [String]
    /// The name for the one folder given; else its last path component.
    public var name: String?
    /// Reads every file again, also those whose size and time have not changed.
    public var rereadsEverything: Bool
    /// Whether chunks without a vector get one.
    public var embeds: Bool
    /// Whether vectors of another model than the index's may take the place of its own.
    public var changesModel: Bool
    /// US dollars that embedding may cost; nil: without limit.
    public var maxCost: Double?

    /// Asked between batches whether embedding is to be left for later.
    var pausesEmbedding: @Sendable () -> Bool = { false }
    /// Texts embedded at once; nil: as configured.
    var embeddingBatch: Int?

    public init(
        folders: [String] = [], name: String? = nil, rereadsEverything: Bool = false,
        embeds: Bool = true, changesModel: Bool = false, maxCost: Double? = nil
    ) {
        self.folders = folders
        self.name = name
        self.rereadsEverything = rereadsEverything
        self.embeds = embeds
        self.changesModel = changesModel
        self.maxCost = maxCost
    }
}

/// How far an indexing run has come.
public struct IndexProgress: Sendable {
    public enum Phase: String, Sendable {
        case reading
        case embedding
    }

    public let phase: Phase
    /// Files read of those to read, or texts embedded of those to embed.
    public let done: Int
    public let total: Int
    /// Chunks that the files gave so far; 0 while embedding.
    public let chunks: Int

    init(phase: Phase, done: Int, total: Int, chunks: Int = 0) {
        self.phase = phase
        self.done = done
        self.total = total
        self.chunks = chunks
    }
}

/// What an indexing run did.
public struct IndexReport: Sendable {
    /// Names of the folders brought up to date.
    public internal(set) var folders: [String] = []
    /// Notes and chunks in the whole index afterwards.
    public internal(set) var documents = 0
    public internal(set) var chunks = 0
    public internal(set) var added = 0
    public internal(set) var changed = 0
    public internal(set) var moved = 0
    public internal(set) var deleted = 0
    public internal(set) var unchanged = 0
    /// Vectors computed in this run.
    public internal(set) var embedded = 0
    /// Chunks of added and changed notes whose vector was there already.
    public internal(set) var reused = 0
    /// Texts of this run that were cut at the model's limit.
    public internal(set) var truncated = 0
    /// What the vectors of this run cost, in US dollars; nil where nothing is paid or nobody says what.
    public internal(set) var cost: Double?
    public internal(set) var skipped: [SkippedFile] = []
    public internal(set) var took: Duration = .zero
    /// Whether texts without a vector were left for later, as asked.
    var isEmbeddingPaused = false
    /// What a person should know besides, one sentence each.
    public internal(set) var notices: [String] = []
}
