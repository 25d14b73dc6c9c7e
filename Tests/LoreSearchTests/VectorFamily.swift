import LoreLinearAlgebra
import TestSupport

/// Vectors of a kind that is hard for a search by codes, with queries for them.
enum VectorFamily: String, CaseIterable, Sendable {
    case random, clustered, duplicates, nearlyEqual, wideRange, denormal, zeros, ofEverySize
    case outliers

    struct Sample {
        let vectors: [[Float]]
        let queries: [[Float]]

        var matrix: Matrix {
            Matrix(
                rows: vectors.count, columns: vectors.first?.count ?? 0,
                values: vectors.flatMap { $0 })
        }
    }

    /// So many vectors and three queries.
    func sample(_ count: Int, dimensions: Int, seed: UInt64) -> Sample {
        var random = SeededRandom(seed: seed)
        let base = Self.unit(dimensions, &random)
        let centres = (0..<5).map { _ in Self.unit(dimensions, &random) }
        let vectors = (0..<count).map { place in
            vector(place, base: base, centres: centres, &random)
        }
        let own = Self.unit(dimensions, &random)
        return Sample(vectors: vectors, queries: [own, base, vectors.first ?? own])
    }

    private func vector(
        _ place: Int, base: [Float], centres: [[Float]], _ random: inout SeededRandom
    ) -> [Float] {
        let fresh = Self.unit(base.count, &random)
        switch self {
        case .random: return fresh
        case .clustered: return Self.normalized(Self.sum(centres[place % 5], fresh, by: 0.3))
        case .duplicates: return place % 3 == 0 ? base : centres[place % 5]
        case .nearlyEqual: return Self.sum(base, fresh, by: 1e-6)
        case .wideRange: return fresh.map { $0 * Self.power(-60...60, &random) }
        case .denormal: return fresh.map { $0 * 0x1p-140 }
        case .zeros: return place % 4 == 0 ? fresh : fresh.map { _ in 0 }
        case .ofEverySize:
            let size = Self.power(-120...120, &random)
            return fresh.map { $0 * size }
        case .outliers: return place % 50 == 0 ? fresh.map { $0 * 0x1p126 } : fresh
        }
    }

    private static func power(
        _ exponents: ClosedRange<Int>, _ random: inout SeededRandom
    ) -> Float {
        Float(sign: .plus, exponent: Int.random(in: exponents, using: &random), significand: 1)
    }

    private static func unit(_ dimensions: Int, _ random: inout SeededRandom) -> [Float] {
        normalized(random.floats(dimensions, in: -1...1))
    }

    private static func normalized(_ vector: [Float]) -> [Float] {
        let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return vector.map { $0 / norm }
    }

    private static func sum(_ left: [Float], _ right: [Float], by factor: Float) -> [Float] {
        zip(left, right).map { $0 + factor * $1 }
    }
}
