/// One part of a hit's score.
public struct SignalContribution: Hashable, Sendable {
    /// For example `bm25` or `cosine`.
    public let signal: String
    /// The hit's rank by this signal alone, from 1; nil where the signal did not find it.
    public let rank: Int?
    /// The signal's own score.
    public let raw: Double
    public let weight: Double
    /// What the signal adds to the score.
    public let contribution: Double

    public init(signal: String, rank: Int?, raw: Double, weight: Double, contribution: Double) {
        self.signal = signal
        self.rank = rank
        self.raw = raw
        self.weight = weight
        self.contribution = contribution
    }
}

/// A chunk that answers a query, with its place in the ranking and the reasons for it.
public struct Hit: Hashable, Sendable {
    /// From 1.
    public let rank: Int
    /// The sum of the contributions in `explanation`.
    public let score: Double
    /// The name of the folder the note lies in.
    public let folder: String
    /// The note's path as it is shown: below its folder, whose name stands in front where several
    /// are indexed.
    public let path: String
    public let title: String
    public let chunk: Chunk
    /// Of the note, to say on which page something stands.
    public let pages: PageMap
    public let explanation: [SignalContribution]

    public init(
        rank: Int, score: Double, folder: String, path: String, title: String, chunk: Chunk,
        pages: PageMap = PageMap(), explanation: [SignalContribution]
    ) {
        self.rank = rank
        self.score = score
        self.folder = folder
        self.path = path
        self.title = title
        self.chunk = chunk
        self.pages = pages
        self.explanation = explanation
    }
}
