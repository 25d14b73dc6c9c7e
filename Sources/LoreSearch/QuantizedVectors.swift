import LoreLinearAlgebra

/// An 8-bit code of each vector, with a bound on what the code leaves out.
///
/// A vector is `scale · code + rest`; the length of the rest is known. Everything lies in one block
/// of bytes that can be written to a file and mapped again, see `QuantizedLayout`.
///
/// `@unchecked Sendable`, and no lock: the bytes are written before this exists, then only read.
package struct QuantizedVectors: @unchecked Sendable {
    /// All of it, as it is written to a file.
    package let bytes: UnsafeRawBufferPointer
    /// Rows of the chunks, ascending, `[n]`, valid while this is.
    package let rows: UnsafeBufferPointer<Int64>
    /// What the caller knows this set by.
    package let key: [UInt8]
    /// No vector is longer.
    let largestNorm: Double
    let layout: QuantizedLayout
    let codes: UnsafePointer<Int8>
    let scales: UnsafePointer<Float>
    let errors: UnsafePointer<Float>
    private let owner: AnyObject

    package var count: Int { layout.count }
    package var dimensions: Int { layout.dimensions }

    /// Codes that lie in `bytes`, which `owner` keeps: they are read where they lie.
    ///
    /// - Throws: `SearchError.foreignCodes`, `.codesOfVersion`, `.truncatedCodes` where these are not
    ///   the bytes of a set of codes, or not all of them.
    /// - Precondition: `bytes` begin on a 64-byte boundary, as a mapped file does.
    package init(opening bytes: UnsafeRawBufferPointer, owner: AnyObject) throws {
        let layout = try Self.layout(of: bytes)
        guard let base = bytes.baseAddress, bytes.count == layout.byteCount else {
            throw SearchError.truncatedCodes(bytes: bytes.count, expected: layout.byteCount)
        }
        self.init(base, layout: layout, owner: owner)
    }

    /// The codes that `made` holds, from now on only read.
    init(_ made: CodeBytes) {
        self.init(UnsafeRawPointer(made.base), layout: made.layout, owner: made)
    }

    private init(_ base: UnsafeRawPointer, layout: QuantizedLayout, owner: AnyObject) {
        precondition(
            Int(bitPattern: base) % QuantizedLayout.alignment == 0, "codes that are not aligned")
        func section<Element>(_ offset: Int, of count: Int, _: Element.Type)
            -> UnsafePointer<Element>
        {
            (base + offset).bindMemory(to: Element.self, capacity: count)
        }
        let count = layout.count
        bytes = UnsafeRawBufferPointer(start: base, count: layout.byteCount)
        self.layout = layout
        self.owner = owner
        rows = UnsafeBufferPointer(
            start: section(layout.rowsOffset, of: count, Int64.self), count: count)
        codes = section(layout.codesOffset, of: count * layout.columns, Int8.self)
        scales = section(layout.scalesOffset, of: count, Float.self)
        errors = section(layout.errorsOffset, of: count, Float.self)
        largestNorm = bytes.loadUnaligned(
            fromByteOffset: QuantizedLayout.Field.largestNorm, as: Double.self)
        let length = bytes.loadUnaligned(
            fromByteOffset: QuantizedLayout.Field.keyLength, as: UInt64.self)
        key = Array(bytes[QuantizedLayout.Field.key...].prefix(Int(length)))
    }

    /// What the header says, checked as far as sizes go.
    private static func layout(of bytes: UnsafeRawBufferPointer) throws -> QuantizedLayout {
        typealias Field = QuantizedLayout.Field
        guard bytes.count >= QuantizedLayout.headerBytes else {
            throw SearchError.truncatedCodes(
                bytes: bytes.count, expected: QuantizedLayout.headerBytes)
        }
        func field<Number: BitwiseCopyable>(_ offset: Int, _: Number.Type) -> Number {
            bytes.loadUnaligned(fromByteOffset: offset, as: Number.self)
        }
        guard field(Field.magic, UInt64.self) == QuantizedLayout.magic else {
            throw SearchError.foreignCodes
        }
        let version = field(Field.version, UInt32.self)
        guard version == QuantizedLayout.version else {
            throw SearchError.codesOfVersion(Int(version))
        }
        let dimensions = field(Field.dimensions, UInt32.self)
        let count = field(Field.count, UInt64.self)
        guard dimensions > 0, dimensions <= CodeKernels.mostColumns,
            count <= QuantizedLayout.mostRows,
            field(Field.keyLength, UInt64.self) <= QuantizedLayout.mostKeyBytes
        else { throw SearchError.foreignCodes }
        return QuantizedLayout(count: Int(count), dimensions: Int(dimensions))
    }

    /// The place of `row`, or nil where it is not here.
    ///
    /// - Complexity: O(log *n*).
    func place(of row: Int64) -> Int? {
        let place = rows.firstPlace { $0 >= row }
        return place < rows.count && rows[place] == row ? place : nil
    }
}

extension RandomAccessCollection where Index == Int {
    /// The first place whose element fulfils `condition`, which holds from there on.
    func firstPlace(where condition: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
