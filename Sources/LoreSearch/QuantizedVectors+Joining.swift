extension QuantizedVectors {
    /// A vector of a set.
    struct Source {
        let vectors: QuantizedVectors
        let place: Int

        var row: Int64 { vectors.rows[place] }
    }

    /// The codes of `sources` as one set; their order is that of the rows.
    init(joining sources: [Source], dimensions: Int, key: [UInt8]) {
        let made = CodeBytes(
            QuantizedLayout(count: sources.count, dimensions: dimensions), key: key)
        var largestNorm = 0.0
        for (place, source) in sources.enumerated() {
            let (from, columns) = (source.vectors, source.vectors.layout.columns)
            made.setRow(
                source.row, scale: from.scales[source.place], error: from.errors[source.place],
                at: place)
            let codes = UnsafeBufferPointer(
                start: from.codes + source.place * columns, count: columns)
            _ = made.codes(at: place).update(fromContentsOf: codes)
            largestNorm = max(largestNorm, from.largestNorm)
        }
        made.setLargestNorm(largestNorm)
        self.init(made)
    }
}
