/// A chunk's row with its likeness to a query.
package struct RowMatch: Hashable, Sendable {
    package let row: Int64
    /// The inner product of unit vectors, −1 to 1.
    package let cosine: Double

    package init(row: Int64, cosine: Double) {
        self.row = row
        self.cosine = cosine
    }
}

/// The codes of all chunks at one moment, for exact search by cosine.
///
/// A large set that was written once and small ones with what has changed since; a row that was
/// deleted or replaced stays in its set and is not looked at. The vectors themselves are read from
/// wherever they lie, only for the rows that may be among the best.
package struct QuantizedIndex: Sendable {
    /// A set of codes, and which of them count.
    struct Segment {
        let vectors: QuantizedVectors
        /// Where its first row stands in masks: the first bit of a word.
        let firstSlot: Int
    }

    package let dimensions: Int
    let segments: [Segment]
    /// The rows that count.
    let live: RowMask
    /// How many rows count.
    package let count: Int

    /// An index without rows.
    package init(dimensions: Int) {
        self.init(dimensions: dimensions, sets: [], dead: [])
    }

    /// The rows of one set.
    package init(_ vectors: QuantizedVectors) {
        self.init(dimensions: vectors.dimensions, sets: [vectors], dead: [])
    }

    /// The rows of all of `sets`, none of which is in two.
    package init(dimensions: Int, sets: [QuantizedVectors]) {
        self.init(dimensions: dimensions, sets: sets, dead: [])
    }

    /// `dead` holds places in `sets`, all of which count where it is empty.
    private init(dimensions: Int, sets: [QuantizedVectors], dead: [(set: Int, place: Int)]) {
        var segments: [Segment] = []
        var words = 0
        for vectors in sets {
            precondition(
                vectors.dimensions == dimensions, "\(vectors.dimensions) for \(dimensions)")
            segments.append(Segment(vectors: vectors, firstSlot: words * RowMask.wordBits))
            words += RowMask.words(for: vectors.count)
        }
        var live = RowMask(words: words)
        for segment in segments { live.insert(segment.slots) }
        for (set, place) in dead { live[segments[set].firstSlot + place] = false }
        self.dimensions = dimensions
        self.segments = segments
        self.live = live
        count = live.count
    }

    /// The same without the vectors of `rows`, and with `added`.
    ///
    /// Small sets are joined as they come, so that there are never many. Costs what the small sets
    /// hold, and a bit for each row.
    ///
    /// - Parameters:
    ///   - rows: Rows that are gone, or whose vectors have changed; those that are not here are passed
    ///     over
    ///   - added: Codes of new or changed vectors, if any
    /// - Returns: The index after the change.
    /// - Precondition: A row of `added` is not here, or in `rows`.
    package func replacing(_ rows: [Int64], with added: QuantizedVectors?) -> QuantizedIndex {
        var dead = deadPlaces
        dead += rows.compactMap { place(of: $0) }
        let less = QuantizedIndex(
            dimensions: dimensions, sets: segments.map(\.vectors), dead: dead)
        guard let added, added.count > 0 else { return less }
        precondition(
            added.rows.allSatisfy { less.place(of: $0) == nil }, "a row that is here already")
        return less.appending(added)
    }

    /// Joins the last sets with `added` while they are not much larger, so that their sizes fall at
    /// least by half from one to the next.
    private func appending(_ added: QuantizedVectors) -> QuantizedIndex {
        var kept = segments.count
        var size = added.count
        while kept > 0, segments[kept - 1].vectors.count < 2 * size {
            kept -= 1
            size += segments[kept].vectors.count
        }
        let sets = segments[..<kept].map(\.vectors)
        let dead = deadPlaces
        let rest = QuantizedIndex(
            dimensions: dimensions, sets: segments[kept...].map(\.vectors) + [added],
            dead: dead.filter { $0.set >= kept }.map { ($0.set - kept, $0.place) })
        return QuantizedIndex(
            dimensions: dimensions, sets: sets + [rest.joined(key: [])],
            dead: dead.filter { $0.set < kept })
    }

    /// All that counts as one set, to be written to a file.
    ///
    /// - Parameter key: What the caller knows the set by, at most 64 bytes.
    /// - Returns: The codes of every row that counts, by row.
    package func joined(key: [UInt8]) -> QuantizedVectors {
        QuantizedVectors(joining: sources, dimensions: dimensions, key: key)
    }

    /// Every row that counts, with where its codes lie, by row.
    private var sources: [QuantizedVectors.Source] {
        var found: [QuantizedVectors.Source] = []
        found.reserveCapacity(count)
        for segment in segments {
            live.forEach(in: segment.slots) { slot in
                found.append(.init(vectors: segment.vectors, place: slot - segment.firstSlot))
            }
        }
        return segments.count > 1 ? found.sorted { $0.row < $1.row } : found
    }

    private var deadPlaces: [(set: Int, place: Int)] {
        segments.indices.flatMap { set in
            let segment = segments[set]
            guard live.count(in: segment.slots) < segment.vectors.count else {
                return [(set: Int, place: Int)]()
            }
            return segment.slots.filter { !live[$0] }.map { (set, $0 - segment.firstSlot) }
        }
    }

    /// Whether `row` has a vector here.
    package func contains(_ row: Int64) -> Bool { place(of: row) != nil }

    private func place(of row: Int64) -> (set: Int, place: Int)? {
        for set in segments.indices.reversed() {
            guard let place = segments[set].vectors.place(of: row),
                live[segments[set].firstSlot + place]
            else { continue }
            return (set, place)
        }
        return nil
    }

    /// The mask of the rows for which `isIncluded` holds.
    package func mask(_ isIncluded: (_ row: Int64) -> Bool) -> RowMask {
        var mask = live
        for segment in segments {
            live.forEach(in: segment.slots) { slot in
                let row = segment.vectors.rows[slot - segment.firstSlot]
                if !isIncluded(row) { mask[slot] = false }
            }
        }
        return mask
    }

    /// The rows that may be returned, or nil where that is all there are.
    func allowed(by mask: RowMask?) -> RowMask? {
        if let mask { return live.intersection(mask) }
        return segments.allSatisfy { live.count(in: $0.slots) == $0.vectors.count } ? nil : live
    }
}

extension QuantizedIndex.Segment {
    /// Where its rows stand in masks.
    var slots: Range<Int> { firstSlot..<firstSlot + vectors.count }
}

extension RowMask {
    /// Holds all of `slots`, which begin with a word, from now on.
    fileprivate mutating func insert(_ slots: Range<Int>) {
        for first in stride(from: slots.lowerBound, to: slots.upperBound, by: Self.wordBits) {
            let bits = min(Self.wordBits, slots.upperBound - first)
            words[first / Self.wordBits] = ~0 >> UInt64(Self.wordBits - bits)
        }
    }
}
