import LoreCore
import LoreLinearAlgebra
import LoreSearch
import LoreStore
import Synchronization

/// The vectors of the index in memory, loaded again when the index has changed.
final class VectorCache: Sendable {
    private struct Loaded {
        let generation: Int64
        let fingerprint: EmbeddingFingerprint
        let index: VectorIndex
    }

    /// Guards the loaded vectors, so that simultaneous searches load them once.
    private let loaded = Mutex<Loaded?>(nil)

    /// The vectors made by `fingerprint`, as of the moment that `reader` sees.
    func index(_ reader: StoreReader, of fingerprint: EmbeddingFingerprint) throws -> VectorIndex {
        let generation = try reader.generation()
        return try loaded.withLock { loaded in
            if let loaded, loaded.generation == generation, loaded.fingerprint == fingerprint {
                return loaded.index
            }
            let index = try Self.load(reader, fingerprint)
            loaded = Loaded(generation: generation, fingerprint: fingerprint, index: index)
            return index
        }
    }

    private static func load(
        _ reader: StoreReader, _ fingerprint: EmbeddingFingerprint
    ) throws -> VectorIndex {
        let capacity = try reader.chunkCount()
        let matrix = Matrix(rows: capacity, columns: fingerprint.dimensions)
        let buffer = UnsafeMutableBufferPointer(
            start: matrix.base, count: capacity * fingerprint.dimensions)
        let rows = try reader.loadVectors(for: fingerprint, into: buffer)
        let (sorted, vectors) = ascending(rows, matrix)
        return try VectorIndex(
            rows: sorted, documents: sorted.map(ChunkRow.document), vectors: vectors)
    }

    /// Rows and their vectors in the order of the rows: a changed note's vectors come last in the
    /// store and first in the index.
    private static func ascending(_ rows: [Int64], _ matrix: Matrix) -> ([Int64], Matrix) {
        let order = rows.indices.sorted { rows[$0] < rows[$1] }
        if order.elementsEqual(rows.indices) { return (rows, matrix.slice(rows: rows.indices)) }
        let sorted = Matrix(rows: rows.count, columns: matrix.columns)
        for (position, source) in order.enumerated() {
            _ = sorted.row(position).update(fromContentsOf: matrix.row(source))
        }
        return (order.map { rows[$0] }, sorted)
    }
}
