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

/// A passage that answers a query, with its place in the ranking and the reasons for it.
public struct Hit: Hashable, Sendable {
    /// One of the chunks that a hit is made of.
    public struct Part: Hashable, Sendable {
        public let chunk: Chunk
        public let score: Double

        public init(chunk: Chunk, score: Double) {
            self.chunk = chunk
            self.score = score
        }
    }

    /// Where another passage says the same.
    public struct Place: Hashable, Sendable {
        /// The note's path as it is shown.
        public let path: String
        public let range: SourceRange

        public init(path: String, range: SourceRange) {
            self.path = path
            self.range = range
        }

        /// `path:start-end`, or `path:line` for one line.
        public var shown: String {
            let lines = range.lines
            return path
                + (lines.count == 1
                    ? ":\(lines.lowerBound)" : ":\(lines.lowerBound)-\(lines.upperBound)")
        }
    }

    /// From 1.
    public let rank: Int
    /// The sum of the contributions in `explanation`; that of the best part.
    public let score: Double
    /// The name of the folder the note lies in.
    public let folder: String
    /// The note's path as it is shown: below its folder, whose name stands in front where several
    /// are indexed.
    public let path: String
    public let title: String
    /// Of the note, `YYYY-MM-DD`; nil where it has none.
    public let date: String?
    /// What is shown.
    ///
    /// Where several chunks are joined, it has the name and the headings of the best
    /// and the range and text of all.
    public let chunk: Chunk
    /// Of the note, to say on which page something stands.
    public let pages: PageMap
    public let explanation: [SignalContribution]
    /// The chunks it is made of, in the order of the note: at least one.
    public let parts: [Part]
    /// Passages of other notes, or elsewhere in this one, that say the same or nearly the same, best
    /// first.
    public let alsoIn: [Place]

    /// Without `parts`, `chunk` is all that the hit is made of.
    public init(
        rank: Int, score: Double, folder: String, path: String, title: String,
        date: String? = nil, chunk: Chunk, pages: PageMap = PageMap(),
        explanation: [SignalContribution], parts: [Part] = [],
        alsoIn: [Place] = []
    ) {
        self.rank = rank
        self.score = score
        self.folder = folder
        self.path = path
        self.title = title
        self.date = date
        self.chunk = chunk
        self.pages = pages
        self.explanation = explanation
        self.parts = parts.isEmpty ? [Part(chunk: chunk, score: score)] : parts
        self.alsoIn = alsoIn
    }

    /// Each part as a hit of its own, in the order of the note.
    public var separated: [Hit] {
        parts.map { part in
            Hit(
                rank: rank, score: part.score, folder: folder, path: path, title: title,
                date: date, chunk: part.chunk, pages: pages, explanation: explanation)
        }
    }

    /// The best part as a hit of its own.
    public var best: Hit {
        separated.first { $0.chunk.id == chunk.id } ?? self
    }
}
