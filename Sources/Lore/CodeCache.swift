import LoreCore
import LoreLinearAlgebra
import LoreSearch
import LoreStore
import Synchronization

/// The codes of the index's vectors in memory, brought up to date when the index has changed.
///
/// Rows of the codes are those of the texts: a text that several chunks say has one vector.
final class CodeCache: Sendable {
    /// Cores that code vectors which have no code in the index yet.
    private let threads: Int
    /// Guards what is loaded, so that simultaneous searches load it once.
    private let loaded = Mutex<LoadedCodes?>(nil)

    init(threads: Int) { self.threads = threads }

    /// The codes of the vectors made by `fingerprint`, as of the moment that `reader` sees.
    ///
    /// - Throws: `StoreError`, also where a block is no set of codes; `SearchError.notFinite`.
    func index(
        _ reader: StoreReader, of fingerprint: EmbeddingFingerprint
    ) throws -> QuantizedIndex {
        let generation = try reader.generation()
        return try loaded.withLock { loaded in
            if let loaded, loaded.fingerprint == fingerprint {
                if loaded.generation == generation { return loaded.index }
            } else {
                loaded = nil
            }
            let source = CodeSource(reader: reader, fingerprint: fingerprint, threads: threads)
            let next = try loaded?.following(source, generation) ?? source.load(generation)
            loaded = next
            return next.index
        }
    }
}

/// Codes as of one moment, and which blocks they come from.
private struct LoadedCodes {
    let generation: Int64
    let fingerprint: EmbeddingFingerprint
    /// Rows of each block.
    let blocks: [Int64: [Int64]]
    /// Rows of vectors that were in no block.
    let uncoded: [Int64]
    let index: QuantizedIndex

    /// The codes as `source` sees them: blocks never change, so only those are read that are new.
    ///
    /// Nil where so much has changed that loading is as well.
    func following(_ source: CodeSource, _ generation: Int64) throws -> LoadedCodes? {
        let now = try source.blocks()
        let present = Set(now)
        let new = now.filter { blocks[$0] == nil }
        let gone = blocks.filter { !present.contains($0.key) }
        guard new.count + gone.count <= max(8, now.count / 4) else { return nil }
        let added = try source.sets(of: new)
        let uncoded = try source.uncoded()
        var kept = blocks.filter { present.contains($0.key) }
        for (block, set) in zip(new, added) { kept[block] = set.rowList }
        let sets = added + (uncoded.map { [$0] } ?? [])
        let less = index.replacing(self.uncoded + gone.values.flatMap { $0 }, with: nil)
        return LoadedCodes(
            generation: generation, fingerprint: fingerprint, blocks: kept,
            uncoded: uncoded?.rowList ?? [],
            index: sets.reduce(less) { $0.replacing([], with: $1) })
    }
}

/// Where codes are loaded from.
private struct CodeSource {
    let reader: StoreReader
    let fingerprint: EmbeddingFingerprint
    let threads: Int

    func load(_ generation: Int64) throws -> LoadedCodes {
        let blocks = try blocks()
        let sets = try sets(of: blocks)
        let uncoded = try uncoded()
        return LoadedCodes(
            generation: generation, fingerprint: fingerprint,
            blocks: Dictionary(uniqueKeysWithValues: zip(blocks, sets.map(\.rowList))),
            uncoded: uncoded?.rowList ?? [],
            index: QuantizedIndex(
                dimensions: fingerprint.dimensions, sets: sets + (uncoded.map { [$0] } ?? [])))
    }

    func blocks() throws -> [Int64] { try reader.codeBlocks(of: fingerprint) }

    /// The codes in `blocks`, in their order.
    func sets(of blocks: [Int64]) throws -> [QuantizedVectors] {
        var buffers: [AlignedBytes] = []
        try reader.readCodes(in: blocks) { count in
            let buffer = AlignedBytes(count: count)
            buffers.append(buffer)
            return buffer.bytes
        }
        return try buffers.map(open)
    }

    private func open(_ buffer: AlignedBytes) throws -> QuantizedVectors {
        do {
            let set = try QuantizedVectors(
                opening: UnsafeRawBufferPointer(buffer.bytes), owner: buffer)
            if set.dimensions == fingerprint.dimensions { return set }
        } catch is SearchError {
            // Told below in the words that help: no part of the message would.
        }
        throw StoreError.invalidVector(
            model: fingerprint.model, reason: "a block of codes that is damaged")
    }

    /// The codes of vectors that have none in the index yet, made now.
    func uncoded() throws -> QuantizedVectors? {
        let vectors = try reader.uncodedVectors(of: fingerprint)
        guard !vectors.texts.isEmpty else { return nil }
        return try QuantizedVectors(vectors, dimensions: fingerprint.dimensions, threads: threads)
    }
}

/// Bytes on a boundary that codes can be read from.
private final class AlignedBytes {
    let bytes: UnsafeMutableRawBufferPointer

    init(count: Int) { bytes = .allocate(byteCount: count, alignment: 64) }

    deinit { bytes.deallocate() }
}

extension QuantizedVectors {
    // Its pointers are valid while it is: these copy what they lead to.
    fileprivate var rowList: [Int64] { withExtendedLifetime(self) { Array(rows) } }
    fileprivate var byteList: [UInt8] { withExtendedLifetime(self) { Array(bytes) } }

    /// The codes of `vectors`, by the rows of their texts.
    fileprivate init(_ vectors: UncodedVectors, dimensions: Int, threads: Int) throws {
        let matrix = Matrix(rows: vectors.texts.count, columns: dimensions)
        _ = UnsafeMutableBufferPointer(start: matrix.base, count: vectors.values.count)
            .update(fromContentsOf: vectors.values)
        try self.init(rows: vectors.texts, vectors: matrix, threads: threads)
    }
}

extension UncodedVectors {
    /// The codes of these vectors as an index keeps them.
    ///
    /// - Throws: `SearchError.notFinite`.
    func codes(dimensions: Int) throws -> [UInt8] {
        guard !texts.isEmpty else { return [] }
        return try QuantizedVectors(self, dimensions: dimensions, threads: 1).byteList
    }
}

extension Store {
    /// Codes the vectors that have no code yet.
    func codeVectors(fullBlocksOnly: Bool) throws {
        try codeVectors(fullBlocksOnly: fullBlocksOnly) {
            try $0.codes(dimensions: $0.values.count / $0.texts.count)
        }
    }
}

/// The vectors themselves, read from the index when a search asks for them.
struct StoredVectors: ExactVectors {
    let reader: StoreReader
    let fingerprint: EmbeddingFingerprint

    func vectors(of texts: [Int64]) throws -> Matrix {
        let matrix = Matrix(rows: texts.count, columns: fingerprint.dimensions)
        var found = 0
        try reader.forEachVector(of: texts, madeBy: fingerprint) { index, vector in
            _ = matrix.row(index).update(fromContentsOf: vector)
            found += 1
        }
        guard found == texts.count else {
            throw StoreError.invalidVector(
                model: fingerprint.model, reason: "a code of a vector that is not there")
        }
        return matrix
    }
}
