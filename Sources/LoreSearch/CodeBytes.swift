import LoreLinearAlgebra

/// The bytes of a `QuantizedVectors` in the making.
final class CodeBytes {
    let layout: QuantizedLayout
    let base: UnsafeMutableRawPointer

    init(_ layout: QuantizedLayout, key: [UInt8]) {
        precondition(key.count <= QuantizedLayout.mostKeyBytes, "a key of \(key.count) bytes")
        precondition(
            layout.dimensions > 0 && layout.dimensions <= CodeKernels.mostColumns
                && layout.count <= QuantizedLayout.mostRows,
            "\(layout.count) vectors of \(layout.dimensions) dimensions")
        self.layout = layout
        base = .allocate(byteCount: layout.byteCount, alignment: QuantizedLayout.alignment)
        base.initializeMemory(as: UInt8.self, repeating: 0, count: layout.byteCount)
        typealias Field = QuantizedLayout.Field
        store(QuantizedLayout.magic, at: Field.magic)
        store(QuantizedLayout.version, at: Field.version)
        store(UInt32(layout.dimensions), at: Field.dimensions)
        store(UInt64(layout.count), at: Field.count)
        store(UInt64(key.count), at: Field.keyLength)
        for (place, byte) in key.enumerated() { store(byte, at: Field.key + place) }
    }

    deinit { base.deallocate() }

    /// Writes what belongs to the vector at `place`, but for its codes.
    func setRow(_ row: Int64, scale: Float, error: Float, at place: Int) {
        store(row, at: layout.rowsOffset + place * MemoryLayout<Int64>.stride)
        store(scale, at: layout.scalesOffset + place * MemoryLayout<Float>.stride)
        store(error, at: layout.errorsOffset + place * MemoryLayout<Float>.stride)
    }

    /// The codes at `place`, `[columns]`.
    func codes(at place: Int) -> UnsafeMutableBufferPointer<Int8> {
        precondition(place >= 0 && place < layout.count, "place \(place) of \(layout.count)")
        let start = base + layout.codesOffset + place * layout.columns
        let codes = start.bindMemory(to: Int8.self, capacity: layout.columns)
        return UnsafeMutableBufferPointer(start: codes, count: layout.columns)
    }

    func setLargestNorm(_ norm: Double) { store(norm, at: QuantizedLayout.Field.largestNorm) }

    private func store<Number: BitwiseCopyable>(_ number: Number, at offset: Int) {
        base.storeBytes(of: number, toByteOffset: offset, as: Number.self)
    }
}
