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
            guard let largest = Self.largest(of: vector) else {
                outcome.notFinite = rows[place]
                return outcome
            }
            let code = QuantizedRow(vector, largest: largest, into: bytes.codes(at: place))
            bytes.setRow(rows[place], scale: code.scale, error: code.error, at: place)
            outcome.largestNorm = max(outcome.largestNorm, code.norm)
        }
        return outcome
    }

    /// The largest absolute value, or nil where a number is not finite.
    private static func largest(of vector: UnsafeBufferPointer<Float>) -> Float? {
        var largest: Float = 0
        var isFinite = true
        for number in vector {
            largest = max(largest, abs(number))
            isFinite = isFinite && number.isFinite
        }
        return isFinite ? largest : nil
    }
}

/// What is kept of one vector beside its codes.
struct QuantizedRow {
    let scale: Float
    /// At least the length of what the codes leave out.
    let error: Float
    /// At least the vector's length.
    let norm: Double

    /// Writes the codes of `vector`, whose largest absolute value is `largest`.
    ///
    /// Any codes would do: the rest is what is left. `scale · code` has at most 31 significant bits,
    /// and the number less that is exact in double precision (where the code is not 0 the two are
    /// of one size), so that only the sum of squares and its root round.
    init(
        _ vector: UnsafeBufferPointer<Float>, largest: Float,
        into codes: UnsafeMutableBufferPointer<Int8>
    ) {
        scale = largest / Float(CodeKernels.largestCode)
        let inverse = scale > 0 ? 1 / Double(scale) : 0
        let most = Double(CodeKernels.largestCode)
        var squares = 0.0
        var rest = 0.0
        for feature in vector.indices {
            let number = Double(vector[feature])
            let code = nearestInteger(max(-most, min(most, number * inverse)))
            codes[feature] = Int8(code)
            let left = number - Double(scale) * code
            rest += left * left
            squares += number * number
        }
        norm = roundedUp(squares.squareRoot())
        error = Float(roundingUp: roundedUp(rest.squareRoot()))
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
