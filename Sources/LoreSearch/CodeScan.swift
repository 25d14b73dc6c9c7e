import LoreLinearAlgebra
import Synchronization

/// One pass over the codes of an index for some queries.
struct CodeScan {
    let index: QuantizedIndex
    let queries: [QuantizedQuery]
    /// The numbers of all queries, `[Q × columns]`.
    let numbers: [Int16]
    /// Which slots may be returned; nil for all.
    let allowed: RowMask?
    /// How many are wanted for each query.
    let count: Int

    /// Rows that a thread takes at a time.
    private static let unitRows = 4096
    /// Rows multiplied at once: their codes stay in the first-level caches for all queries.
    private static let blockRows = 128
    /// Below this many products starting a thread costs more than it saves.
    private static let productsWorthAThread = 16_384

    init(_ index: QuantizedIndex, _ queries: [QuantizedQuery], allowed: RowMask?, count: Int) {
        self.index = index
        self.queries = queries
        self.allowed = allowed
        self.count = count
        numbers = queries.flatMap(\.numbers)
    }

    /// Rows of one segment that one thread looks through.
    private struct Unit {
        let segment: QuantizedIndex.Segment
        let places: Range<Int>
    }

    private var units: [Unit] {
        index.segments.flatMap { segment in
            stride(from: 0, to: segment.vectors.count, by: Self.unitRows).map { first in
                Unit(
                    segment: segment,
                    places: first..<min(first + Self.unitRows, segment.vectors.count))
            }
        }
    }

    /// What may be among the best for each query, highest upper bound first, on so many threads.
    func candidates(threads: Int) -> [[Candidate]] {
        let units = units
        let worth = index.count * queries.count / Self.productsWorthAThread
        let workers = max(1, min(threads, worth, units.count))
        let next = Atomic(0)
        let found = Slots<[Reachable]>(count: workers, filling: [])
        Parallel.forEach(workers, threads: workers) { worker in
            var reachable = queries.map { _ in Reachable(count: count) }
            let scratch = CodeScratch(rows: Self.blockRows, queries: queries.count)
            while true {
                let unit = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard unit < units.count else { break }
                scan(units[unit], scratch, &reachable)
            }
            found[worker] = reachable
        }
        let parts = found.values
        return queries.indices.map { query in
            Reachable.candidates(of: parts.map { $0[query] }, count: count)
        }
    }

    /// Looks through a unit row by row, or through those that are allowed where they are the fewer.
    private func scan(_ unit: Unit, _ scratch: CodeScratch, _ reachable: inout [Reachable]) {
        let vectors = unit.segment.vectors
        let first = unit.segment.firstSlot
        let bounds = queries.map { $0.bound(largestNorm: vectors.largestNorm) }
        let block = CodeBlock(vectors: vectors, firstSlot: first, bounds: bounds, scan: self)
        let slots = first + unit.places.lowerBound..<first + unit.places.upperBound
        let members = allowed?.count(in: slots) ?? slots.count
        guard members > 0 else { return }
        if let allowed, 3 * members < unit.places.count {
            var chosen: [UInt32] = []
            chosen.reserveCapacity(members)
            allowed.forEach(in: slots) { chosen.append(UInt32($0 - first)) }
            for start in stride(from: 0, to: chosen.count, by: Self.blockRows) {
                let rows = chosen[start..<min(start + Self.blockRows, chosen.count)]
                block.visit(chosen: rows, scratch, &reachable)
            }
        } else {
            for start in stride(
                from: unit.places.lowerBound, to: unit.places.upperBound, by: Self.blockRows)
            {
                let end = min(start + Self.blockRows, unit.places.upperBound)
                block.visit(start..<end, scratch, &reachable)
            }
        }
    }
}

/// What a thread needs to multiply a block, made once.
final class CodeScratch {
    let scores: UnsafeMutableBufferPointer<Int32>
    let places: UnsafeMutablePointer<UInt32>

    init(rows: Int, queries: Int) {
        scores = .allocate(capacity: rows * queries)
        scores.initialize(repeating: 0)
        places = .allocate(capacity: rows)
        places.initialize(repeating: 0, count: rows)
    }

    deinit {
        scores.deallocate()
        places.deallocate()
    }
}

/// Multiplies blocks of one set of codes, and keeps the rows that may be among the best.
private struct CodeBlock {
    let vectors: QuantizedVectors
    let firstSlot: Int
    let bounds: [CodeKernels.Bound]
    let scan: CodeScan

    /// Rows that follow each other; of those only the allowed are kept.
    func visit(_ places: Range<Int>, _ scratch: CodeScratch, _ reachable: inout [Reachable]) {
        let start = places.lowerBound
        let rows = CodeKernels.Rows(
            codes: vectors.codes + start * vectors.layout.columns,
            columns: vectors.layout.columns, count: places.count)
        visit(rows, from: start, scratch, &reachable) { start + $0 }
    }

    func visit(
        chosen: ArraySlice<UInt32>, _ scratch: CodeScratch, _ reachable: inout [Reachable]
    ) {
        chosen.withUnsafeBufferPointer { chosen in
            let rows = CodeKernels.Rows(
                codes: vectors.codes, columns: vectors.layout.columns,
                chosen: chosen.baseAddress, count: chosen.count)
            visit(rows, from: 0, scratch, &reachable) { Int(chosen[$0]) }
        }
    }

    private func visit(
        _ rows: CodeKernels.Rows, from start: Int, _ scratch: CodeScratch,
        _ reachable: inout [Reachable], place: (Int) -> Int
    ) {
        let all = UnsafeMutableBufferPointer(
            rebasing: scratch.scores[..<(rows.count * bounds.count)])
        scan.numbers.withUnsafeBufferPointer { CodeKernels.multiply(rows, by: $0, into: all) }
        for query in bounds.indices {
            guard let scores = all.baseAddress.map({ $0 + query * rows.count }) else { return }
            let found = CodeKernels.reaching(
                reachable[query].floatBar, scores: scores, of: rows,
                scales: vectors.scales + start, errors: vectors.errors + start, bounds[query],
                places: scratch.places)
            for member in 0..<found {
                let offset = Int(scratch.places[member])
                keep(place(offset), scores[offset], query, &reachable[query])
            }
        }
    }

    private func keep(_ place: Int, _ score: Int32, _ query: Int, _ reachable: inout Reachable) {
        if let allowed = scan.allowed, !allowed[firstSlot + place] { return }
        let interval = scan.queries[query].interval(
            score: score, scale: vectors.scales[place], error: vectors.errors[place],
            bounds[query])
        reachable.insert(vectors.rows[place], lower: interval.lower, upper: interval.upper)
    }
}
