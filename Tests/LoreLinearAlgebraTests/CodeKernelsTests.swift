import LoreLinearAlgebra
import TestSupport
import Testing

@Suite struct CodeKernelsTests {
    typealias Path = CodeKernels.Path

    @Test func `a product of two rows with a query sums code times number`() {
        let columns = CodeKernels.columnsMultiple
        let codes: [Int8] = [1, -2, 3] + zeros(columns - 3) + [127, 0, -127] + zeros(columns - 3)
        let query: [Int16] = [10, 100, 1000] + [Int16](repeating: 7, count: columns - 3)

        #expect(products(codes, columns, [query], path: nil) == [2810, -125_730])
    }

    @Test(arguments: Path.allCases)
    func `every path gives the sums of the plain one`(_ path: Path) {
        for (seed, columns) in [32, 96, 384, 4096].enumerated() {
            for (rows, queries) in [(1, 1), (4, 2), (7, 3), (41, 1)] {
                let made = random(rows, columns, queries, seed: UInt64(seed))
                let expected = plain(made.codes, columns, made.queries)
                // Nil where the processor lacks the path.
                let sums = products(made.codes, columns, made.queries, path: path)
                #expect(sums == nil || sums == expected, "\(path), \(rows) × \(columns)")
            }
        }
    }

    /// Every product at its largest, all of one sign: what is most likely to overflow.
    @Test(arguments: Path.allCases, [(1, 1), (1, -1), (-1, -1)])
    func `the largest sums do not overflow`(_ path: Path, _ signs: (code: Int, number: Int)) {
        for columns in [32, 384, 544, 4096, CodeKernels.mostColumns] {
            let most = CodeKernels.largestNumber(columns: columns)
            let codes = [Int8](
                repeating: Int8(signs.code * CodeKernels.largestCode), count: 4 * columns)
            let query = [Int16](repeating: Int16(signs.number * most), count: columns)
            let sum = signs.code * signs.number * CodeKernels.largestCode * most * columns

            let sums = products(codes, columns, [query, query], path: path)
            #expect(sums == nil || sums?.map(Int.init) == Array(repeating: sum, count: 8))
        }
    }

    @Test func `a path that the processor has is used`() {
        let made = random(9, 384, 2, seed: 4)
        let paths = Path.allCases.filter {
            products(made.codes, 384, made.queries, path: $0) != nil
        }

        #expect(paths.contains(.plain))
        #expect(
            products(made.codes, 384, made.queries, path: nil)
                == plain(
                    made.codes, 384, made.queries))
    }

    @Test(arguments: Path.allCases)
    func `chosen rows are multiplied in the order they are named`(_ path: Path) {
        let made = random(40, 96, 3, seed: 9)
        let chosen: [UInt32] = [39, 0, 7, 7, 20, 3]
        let picked = chosen.flatMap { made.codes[Int($0) * 96..<Int($0 + 1) * 96] }

        let sums = products(made.codes, 96, made.queries, chosen: chosen, path: path)
        #expect(sums == nil || sums == plain(picked, 96, made.queries))
    }

    @Test func `a row reaches the bar where its upper bound does, or is no number`() {
        let scores: [Int32] = [10, 20, 30, -10, 0] + [Int32](repeating: 1, count: 32)
        var scales = [Float](repeating: 1, count: scores.count)
        scales[3] = -.infinity
        scales[4] = .infinity  // 0 · ∞
        let errors: [Float] = [0, 5, 0, 0, 0] + [Float](repeating: 0, count: 32)

        // Twice the score, plus the error, plus 1.
        #expect(reaching(46, scores, scales, errors) == [1, 2, 3, 4])
        #expect(reaching(-.infinity, scores, scales, errors).count == scores.count)
    }

    @Test func `of chosen rows scale and error are those of the row`() {
        let scales: [Float] = [1, 100, 1, 1]
        let places = reaching(100, [1, 1, 1], scales, [0, 0, 0, 300], chosen: [0, 3, 1])

        #expect(places == [1, 2])
    }

    private func zeros(_ count: Int) -> [Int8] { [Int8](repeating: 0, count: count) }

    /// Random codes and numbers, those at the ends of their ranges among them.
    private func random(
        _ rows: Int, _ columns: Int, _ queries: Int, seed: UInt64
    ) -> (codes: [Int8], queries: [[Int16]]) {
        var random = SeededRandom(seed: seed)
        let most = CodeKernels.largestNumber(columns: columns)
        let codes = (0..<rows * columns).map { _ in
            Int8(max(-127, min(127, Int.random(in: -160...160, using: &random))))
        }
        let numbers = (0..<queries).map { _ in
            (0..<columns).map { _ in
                Int16(max(-most, min(most, Int.random(in: -40_000...40_000, using: &random))))
            }
        }
        return (codes, numbers)
    }

    /// The oracle, in 64 bits.
    private func plain(_ codes: [Int8], _ columns: Int, _ queries: [[Int16]]) -> [Int32] {
        queries.flatMap { query in
            stride(from: 0, to: codes.count, by: columns).map { start in
                Int32(query.indices.reduce(0) { $0 + Int(codes[start + $1]) * Int(query[$1]) })
            }
        }
    }

    /// By the path, or the one that the program chose; nil where the processor lacks it.
    private func products(
        _ codes: [Int8], _ columns: Int, _ queries: [[Int16]], chosen: [UInt32]? = nil,
        path: Path?
    ) -> [Int32]? {
        let count = chosen?.count ?? codes.count / columns
        var scores = [Int32](repeating: -1, count: count * queries.count)
        let done = codes.withUnsafeBufferPointer { codes in
            (chosen ?? []).withUnsafeBufferPointer { places in
                queries.flatMap { $0 }.withUnsafeBufferPointer { queries in
                    scores.withUnsafeMutableBufferPointer { scores in
                        guard let base = codes.baseAddress else { return false }
                        let rows = CodeKernels.Rows(
                            codes: base, columns: columns,
                            chosen: chosen == nil ? nil : places.baseAddress, count: count)
                        if let path {
                            return CodeKernels.multiply(rows, by: queries, into: scores, path: path)
                        }
                        CodeKernels.multiply(rows, by: queries, into: scores)
                        return true
                    }
                }
            }
        }
        return done ? scores : nil
    }

    private func reaching(
        _ bar: Float, _ scores: [Int32], _ scales: [Float], _ errors: [Float],
        chosen: [UInt32]? = nil
    ) -> [Int] {
        var places = [UInt32](repeating: 0, count: scores.count)
        let codes = zeros(32)
        let found = codes.withUnsafeBufferPointer { codes in
            (chosen ?? []).withUnsafeBufferPointer { chosenRows in
                places.withUnsafeMutableBufferPointer { places in
                    guard let base = codes.baseAddress, let into = places.baseAddress else {
                        return 0
                    }
                    let rows = CodeKernels.Rows(
                        codes: base, columns: 32,
                        chosen: chosen == nil ? nil : chosenRows.baseAddress, count: scores.count)
                    return CodeKernels.reaching(
                        bar, scores: scores, of: rows, scales: scales, errors: errors,
                        CodeKernels.Bound(factor: 2, slope: 1, margin: 1), places: into)
                }
            }
        }
        return places[..<found].map(Int.init)
    }
}
