import LoreLinearAlgebra

/// Where the parts of a `QuantizedVectors` lie in its bytes.
///
/// A header of 128 bytes, then sections on 64-byte boundaries: rows (`Int64`), codes (`Int8`, rows
/// filled up with zeros to `columns`), scales and errors (`Float`), all in the machine's byte order.
///
/// | byte | header |
/// |---|---|
/// | 0 | magic, `UInt64` |
/// | 8 | version, `UInt32` |
/// | 12 | dimensions, `UInt32` |
/// | 16 | count, `UInt64` |
/// | 24 | largest norm, `Double` |
/// | 32 | length of the key, `UInt64` |
/// | 40 | key, 64 bytes |
struct QuantizedLayout: Hashable {
    let count: Int
    let dimensions: Int

    /// "lorecode" as a little-endian number; another byte order reads it as another number.
    static let magic: UInt64 = 0x6564_6F63_6572_6F6C
    static let version: UInt32 = 1
    static let alignment = 64
    static let headerBytes = 128
    static let mostKeyBytes = 64
    /// Rows are named by 32 bits in the kernels.
    static let mostRows = Int(UInt32.max)

    enum Field {
        static let magic = 0
        static let version = 8
        static let dimensions = 12
        static let count = 16
        static let largestNorm = 24
        static let keyLength = 32
        static let key = 40
    }

    /// Codes from the start of a row to that of the next.
    var columns: Int { Self.rounded(dimensions, to: CodeKernels.columnsMultiple) }

    var rowsOffset: Int { Self.headerBytes }
    var codesOffset: Int { aligned(rowsOffset + count * MemoryLayout<Int64>.stride) }
    var scalesOffset: Int { aligned(codesOffset + count * columns) }
    var errorsOffset: Int { aligned(scalesOffset + count * MemoryLayout<Float>.stride) }
    var byteCount: Int { aligned(errorsOffset + count * MemoryLayout<Float>.stride) }

    private func aligned(_ offset: Int) -> Int { Self.rounded(offset, to: Self.alignment) }

    private static func rounded(_ value: Int, to multiple: Int) -> Int {
        (value + multiple - 1) / multiple * multiple
    }
}
