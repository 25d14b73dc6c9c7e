import LoreLinearAlgebra

/// An encoder that takes many texts through on several threads, in batches of like length.
struct BatchEncoder: Sendable {
    /// Tokens that one thread takes through the encoder at once: what it works on then stays in the
    /// cache, and products are still large enough to be quick.
    private static let batchTokens = 512

    let encoder: Encoder
    let threads: Int

    init(_ encoder: Encoder, threads: Int) {
        precondition(threads > 0, "\(threads) threads")
        self.encoder = encoder
        self.threads = threads
    }

    /// Calls `body` with each text's place and its last layer's vectors, `[tokens × D]`.
    ///
    /// Texts come in any order and on any thread; the vectors are valid until `body` returns. Blocks
    /// the caller: asynchronous code goes through `Parallel.offPool`.
    func encode(
        _ texts: [WordPieceTokenizer.Encoding],
        _ body: @Sendable (_ text: Int, _ hidden: Matrix) -> Void
    ) {
        let batches = batches(of: texts.map(\.ids.count))
        Parallel.forEach(
            batches.count, threads: threads,
            state: { EncoderScratch(configuration: encoder.configuration) }
        ) { batch, scratch in
            let places = batches[batch]
            let hidden = encoder.encode(places.map { texts[$0] }, scratch: scratch)
            var first = 0
            for place in places {
                let end = first + texts[place].ids.count
                body(place, hidden.slice(rows: first..<end))
                first = end
            }
        }
    }

    /// Places of texts that go through the encoder together: of like length, the longest first.
    ///
    /// Equal lengths keep their order, so that equal input gives equal output. A batch is smaller
    /// than it may be where there would not be one for each thread.
    private func batches(of lengths: [Int]) -> [[Int]] {
        let total = lengths.reduce(0, +)
        let limit = min(Self.batchTokens, (total + threads - 1) / threads)
        let order = lengths.indices.sorted { (-lengths[$0], $0) < (-lengths[$1], $1) }
        var batches: [[Int]] = []
        var tokens = limit
        for index in order {
            if tokens + lengths[index] > limit {
                batches.append([])
                tokens = 0
            }
            batches[batches.count - 1].append(index)
            tokens += lengths[index]
        }
        return batches
    }
}
