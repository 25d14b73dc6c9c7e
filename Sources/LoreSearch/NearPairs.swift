package import LoreLinearAlgebra
import Synchronization

/// Joins all vectors whose inner products reach a threshold, by comparing every two.
///
/// Vectors come in blocks, two of which are held at a time. A product of blocks on OpenBLAS finds the
/// pairs that may reach the threshold, within the bound on its rounding; a sum in double precision
/// decides. So the sets are those of a plain comparison of all pairs.
package struct NearPairs: Sendable {
    private let nearness: Nearness
    /// Cores to use.
    package let threads: Int
    /// Vectors in a block.
    package let blockRows: Int

    /// Vectors of the left and the right block multiplied at once: what a core's cache holds.
    private static let pieceRows = 128
    private static let pieceColumns = 1024

    package init(threshold: Double, threads: Int, blockRows: Int = 8192) {
        precondition(blockRows > 0 && threads > 0, "\(blockRows) rows, \(threads) threads")
        nearness = Nearness(threshold: threshold)
        self.threads = threads
        self.blockRows = blockRows
    }

    /// Products of blocks for so many vectors.
    package func steps(for count: Int) -> Int {
        let blocks = (count + blockRows - 1) / blockRows
        return blocks * (blocks + 1) / 2
    }

    /// Joins in `sets` the vectors that are near each other, directly or through others.
    ///
    /// - Parameters:
    ///   - count: How many vectors there are
    ///   - sets: One number a vector; what is joined already is not compared
    ///   - vectors: Those of a range, `[range × D]`
    ///   - afterStep: Called after each product of blocks with how many are done
    /// - Throws: What `vectors` and `afterStep` throw, which ends the work.
    /// - Complexity: O(*n*² · *D*); memory O(`blockRows` · *D*)
    package func join(
        _ count: Int, in sets: inout DisjointSets, vectors: (Range<Int>) throws -> Matrix,
        afterStep: (_ done: Int) throws -> Void = { _ in }
    ) throws {
        var done = 0
        for first in stride(from: 0, to: count, by: blockRows) {
            let left = Block(start: first, vectors: try vectors(range(from: first, count)))
            for second in stride(from: first, to: count, by: blockRows) {
                let right =
                    second == first
                    ? left : Block(start: second, vectors: try vectors(range(from: second, count)))
                for (row, column) in pairs(left, right, sets) { sets.join(row, column) }
                done += 1
                try afterStep(done)
            }
        }
    }

    private func range(from start: Int, _ count: Int) -> Range<Int> {
        start..<min(start + blockRows, count)
    }

    /// Pairs that join all that is near each other in two blocks, none of which `sets` has joined.
    private func pairs(
        _ left: Block, _ right: Block, _ sets: DisjointSets
    ) -> [(row: Int, column: Int)] {
        let limit = nearness.lowestProduct(
            dimensions: left.vectors.columns, norms: left.largestNorm * right.largestNorm)
        let starts = Array(stride(from: 0, to: left.vectors.rows, by: Self.pieceRows))
        let found = Mutex<[(Int, Int)]>([])
        Parallel.forEach(starts.count, threads: threads) { index in
            var piece = Piece(
                left: left, right: right, start: starts[index], rows: Self.pieceRows,
                nearness: nearness, limit: limit, known: sets)
            let isOneBlock = left.start == right.start
            // Each pair of one block is looked at once.
            let first = isOneBlock ? starts[index] : 0
            for column in stride(from: first, to: right.vectors.rows, by: Self.pieceColumns) {
                piece.compare(columns: column, count: Self.pieceColumns)
            }
            let pairs = piece.pairs
            found.withLock { $0 += pairs }
        }
        return found.withLock { $0 }
    }
}

/// Vectors that follow one another.
private struct Block: Sendable {
    /// The number of the first.
    let start: Int
    let vectors: Matrix
    let largestNorm: Double

    init(start: Int, vectors: Matrix) {
        self.start = start
        self.vectors = vectors
        largestNorm = (0..<vectors.rows).reduce(0.0) { largest, row in
            max(largest, Nearness.norm(UnsafeBufferPointer(vectors.row(row))))
        }
    }
}

/// Some rows of a block, compared with another block.
private struct Piece {
    private let left: Block
    private let right: Block
    private let rows: Range<Int>
    private let nearness: Nearness
    private let limit: Float
    /// What was joined before.
    private let known: DisjointSets
    /// What this has joined: rows, then columns.
    private var own: DisjointSets
    private(set) var pairs: [(Int, Int)] = []

    init(
        left: Block, right: Block, start: Int, rows: Int, nearness: Nearness, limit: Float,
        known: DisjointSets
    ) {
        self.left = left
        self.right = right
        self.rows = start..<min(start + rows, left.vectors.rows)
        self.nearness = nearness
        self.limit = limit
        self.known = known
        own = DisjointSets(count: self.rows.count + right.vectors.rows)
    }

    /// Looks at the pairs with `count` columns from `start` on.
    mutating func compare(columns start: Int, count: Int) {
        let columns = start..<min(start + count, right.vectors.rows)
        let products = Matrix(rows: rows.count, columns: columns.count)
        BLAS.multiply(
            left.vectors.slice(rows: rows), transposed: right.vectors.slice(rows: columns),
            into: products)
        for row in 0..<products.rows {
            scan(UnsafeBufferPointer(products.row(row)), row: rows.lowerBound + row, from: start)
        }
    }

    /// Most products are far below the limit: sixteen are passed at a time.
    private mutating func scan(_ products: UnsafeBufferPointer<Float>, row: Int, from start: Int) {
        var column = 0
        let bytes = UnsafeRawBufferPointer(products)
        while column + 16 <= products.count {
            let some = bytes.loadUnaligned(
                fromByteOffset: column * MemoryLayout<Float>.stride, as: SIMD16<Float>.self)
            if any(some .>= limit) {
                for lane in 0..<16 where some[lane] >= limit { offer(row, start + column + lane) }
            }
            column += 16
        }
        for rest in column..<products.count where products[rest] >= limit {
            offer(row, start + rest)
        }
    }

    private mutating func offer(_ row: Int, _ column: Int) {
        let pair = (left.start + row, right.start + column)
        // In one block a column may also be a row of this piece: its number as a column counts.
        let ownColumn = rows.count + column
        let ownRow =
            left.start == right.start ? rows.count + row : row - rows.lowerBound
        guard pair.0 < pair.1, own.root(of: ownRow) != own.root(of: ownColumn),
            known.currentRoot(of: pair.0) != known.currentRoot(of: pair.1)
        else { return }
        guard
            nearness.holds(
                UnsafeBufferPointer(left.vectors.row(row)),
                UnsafeBufferPointer(right.vectors.row(column)))
        else { return }
        own.join(ownRow, ownColumn)
        pairs.append(pair)
    }
}
