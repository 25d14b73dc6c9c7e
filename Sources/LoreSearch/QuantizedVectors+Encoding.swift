package import LoreLinearAlgebra

extension QuantizedVectors {
    /// Vectors encoded by one thread before it looks for more.
    private static let blockRows = 1024

    /// The codes of `vectors`.
    ///
    /// - Parameters:
    ///   - rows: Rows of the chunks, `[n]`
    ///   - vectors: `[n × D]`, of any length
    ///   - key: What the caller knows this set by, at most 64 bytes
    ///   - threads: Cores to use
    /// - Throws: `SearchError.notFinite` where a vector holds infinity or what is no number.
    /// - Precondition: The counts agree, and `rows` ascend strictly.
    /// - Complexity: O(*n* · *D*).
    package init(
        rows: [Int64], vectors: Matrix, key: [UInt8] = [], threads: Int = 1
    ) throws {
        precondition(rows.count == vectors.rows, "\(rows.count) rows, \(vectors.rows) vectors")
        precondition(zip(rows, rows.dropFirst()).allSatisfy { $0 < $1 }, "rows do not ascend")
        let made = CodeBytes(
            QuantizedLayout(count: rows.count, dimensions: vectors.columns), key: key)
        let writer = RowWriter(rows: rows, vectors: vectors, bytes: made)
        let ranges = Parallel.ranges(
            of: rows.count, pieces: max(1, rows.count / Self.blockRows))
        let found = Slots<RowWriter.Outcome>(count: ranges.count, filling: .init())
        Parallel.forEach(ranges.count, threads: max(threads, 1)) { piece in
            found[piece] = writer.write(ranges[piece])
        }
        if let row = found.values.compactMap(\.notFinite).first {
            throw SearchError.notFinite(text: "the vector of row \(row)")
        }
        made.setLargestNorm(found.values.map(\.largestNorm).max() ?? 0)
        self.init(made)
    }
}

/// Encodes vectors, each on its own.
///
/// `@unchecked Sendable`, and no lock: threads write different rows of the bytes.
private struct RowWriter: @unchecked Sendable {
    let rows: [Int64]
    let vectors: Matrix
    let bytes: CodeBytes

    struct Outcome {
        var largestNorm = 0.0
        /// The first row that is not a vector.
        var notFinite: Int64?
    }

    func write(_ places: Range<Int>) -> Outcome {
        var outcome = Outcome()
        for place in places {
            let vector = UnsafeBufferPointer(vectors.row(place))
            guard let code = CodeKernels.encode(vector, into: bytes.codes(at: place)) else {
                outcome.notFinite = rows[place]
                return outcome
            }
            let error = Float(roundingUp: roundedUp(code.rest.squareRoot()))
            bytes.setRow(rows[place], scale: code.scale, error: error, at: place)
            outcome.largestNorm = max(
                outcome.largestNorm, roundedUp(code.squares.squareRoot()))
        }
        return outcome
    }
}

/// The nearest integer to a small number: adding 1.5 · 2⁵² leaves no room for a fraction.
func nearestInteger(_ value: Double) -> Double {
    (value + 0x1.8p52) - 0x1.8p52
}

/// At least the true value of a length that was computed in double precision.
///
/// A sum of *D* squares and its root are off by a factor of at most 1 ± (*D* + 2) · 2⁻⁵³, below
/// 2⁻³⁶ for 65,536 dimensions.
func roundedUp(_ length: Double) -> Double { length * (1 + 0x1p-30) }

extension Float {
    /// The least single-precision number that is not below `value`.
    init(roundingUp value: Double) {
        let nearest = Float(value)
        self = Double(nearest) < value ? nearest.nextUp : nearest
    }
}
