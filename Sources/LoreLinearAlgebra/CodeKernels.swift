import CKernels

/// Products of 8-bit codes with queries of 16-bit numbers: exact integers, whatever the processor.
package enum CodeKernels {
    /// A way to multiply; all give the same integers.
    package enum Path: CaseIterable, Sendable {
        case plain, neon, avx2, avx512

        fileprivate var code: lore_code_path {
            switch self {
            case .plain: LORE_CODES_PLAIN
            case .neon: LORE_CODES_NEON
            case .avx2: LORE_CODES_AVX2
            case .avx512: LORE_CODES_AVX512
            }
        }
    }

    /// Rows of codes are filled up with zeros to a multiple of this.
    package static let columnsMultiple = 32
    /// The most columns that a row of codes may have: a query's number keeps eight bits there.
    package static let mostColumns = 65_536
    /// Codes lie between this and its negative.
    package static let largestCode = 127

    /// The largest number that a query may hold.
    ///
    /// A sum of *columns* products then stays below 2³¹, and so does the sum of any of them:
    /// *columns* · 127 · `largestNumber` ≤ 2³¹ − 1.
    package static func largestNumber(columns: Int) -> Int {
        min(Int(Int16.max), Int(Int32.max) / (largestCode * max(columns, 1)))
    }

    /// Rows of codes that lie one after the other.
    package struct Rows {
        let codes: UnsafePointer<Int8>
        let columns: Int
        /// The rows meant, of those that start at `codes`; nil for the first of them.
        let chosen: UnsafePointer<UInt32>?
        package let count: Int

        /// - Precondition: `columns` is a multiple of `columnsMultiple`.
        package init(
            codes: UnsafePointer<Int8>, columns: Int, chosen: UnsafePointer<UInt32>? = nil,
            count: Int
        ) {
            precondition(
                columns % CodeKernels.columnsMultiple == 0 && columns <= CodeKernels.mostColumns,
                "\(columns) columns of codes")
            self.codes = codes
            self.columns = columns
            self.chosen = chosen
            self.count = count
        }
    }

    /// Writes the inner products of `rows` with each of `queries`, on the calling thread.
    ///
    /// - Parameters:
    ///   - rows: `[n × columns]`
    ///   - queries: `[Q × columns]`, no number beyond `largestNumber` of these columns
    ///   - scores: `[Q × n]`
    package static func multiply(
        _ rows: Rows, by queries: UnsafeBufferPointer<Int16>,
        into scores: UnsafeMutableBufferPointer<Int32>
    ) {
        guard let query = queries.baseAddress, let result = scores.baseAddress else { return }
        let count = queryCount(rows, queries, scores)
        lore_code_scores(
            rows.codes, rows.columns, rows.chosen, rows.count, query, count, result)
    }

    /// As `multiply`, by one path, for the tests; false where the processor lacks it.
    package static func multiply(
        _ rows: Rows, by queries: UnsafeBufferPointer<Int16>,
        into scores: UnsafeMutableBufferPointer<Int32>, path: Path
    ) -> Bool {
        guard let query = queries.baseAddress, let result = scores.baseAddress else { return true }
        let count = queryCount(rows, queries, scores)
        return lore_code_scores_by(
            path.code, rows.codes, rows.columns, rows.chosen, rows.count, query, count, result)
    }

    private static func queryCount(
        _ rows: Rows, _ queries: UnsafeBufferPointer<Int16>,
        _ scores: UnsafeMutableBufferPointer<Int32>
    ) -> Int {
        let count = rows.columns == 0 ? 0 : queries.count / rows.columns
        precondition(
            count * rows.columns == queries.count && count * rows.count == scores.count,
            "\(queries.count) numbers, \(rows.columns) columns, \(scores.count) scores")
        return count
    }

    /// What is kept of a vector beside its codes.
    package struct Encoded {
        /// What a code of 1 stands for.
        package fileprivate(set) var scale: Float = 0
        /// The sum of squares of what the codes leave out.
        ///
        /// `scale · code` has at most 31 significant bits, and the number less that is exact in double
        /// precision (where the code is not 0 the two are of one size): only the sum rounds.
        package fileprivate(set) var rest = 0.0
        /// The sum of squares of the vector.
        package fileprivate(set) var squares = 0.0
    }

    /// Writes the codes of `vector`, or returns nil where a number is not finite.
    ///
    /// The scale is the largest absolute value in 127ths, a code the nearest integer.
    package static func encode(
        _ vector: UnsafeBufferPointer<Float>, into codes: UnsafeMutableBufferPointer<Int8>
    ) -> Encoded? {
        precondition(codes.count >= vector.count, "\(vector.count) in \(codes.count) codes")
        var made = Encoded()
        guard let source = vector.baseAddress, let target = codes.baseAddress else { return made }
        let isFinite = lore_encode(
            source, vector.count, target, &made.scale, &made.rest, &made.squares)
        return isFinite ? made : nil
    }

    /// The upper bound of a row: `score · factor · scale + slope · error + margin`.
    package struct Bound {
        package let factor: Float
        package let slope: Float
        package let margin: Float

        package init(factor: Float, slope: Float, margin: Float) {
            self.factor = factor
            self.slope = slope
            self.margin = margin
        }
    }

    /// Writes the places in `rows` whose upper bound is not below `bar`, ascending.
    ///
    /// A bound that is not a number counts as reaching. `scores`, `[n]`, are products of the rows with
    /// one query; `scales` and `errors` are of the rows that start where those of `rows` do; `places`
    /// has room for `n`.
    ///
    /// - Returns: How many places were written.
    package static func reaching(
        _ bar: Float, scores: UnsafePointer<Int32>, of rows: Rows, scales: UnsafePointer<Float>,
        errors: UnsafePointer<Float>, _ bound: Bound, places: UnsafeMutablePointer<UInt32>
    ) -> Int {
        lore_code_reaching(
            scores, scales, errors, rows.chosen, rows.count, bound.factor, bound.slope,
            bound.margin, bar, places)
    }
}
