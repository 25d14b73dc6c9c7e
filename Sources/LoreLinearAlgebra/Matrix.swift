/// A rectangle of floats, row-major; rows may lie apart, so that a slice is a matrix too.
///
/// A matrix is a view that keeps its memory alive; copies and slices share it.
///
/// `@unchecked Sendable`, and no lock: whoever makes a matrix is its only writer until it is handed
/// on, and from then on it is only read. Threads that fill one matrix together each own their rows,
/// as `Parallel.forEach` hands them out.
package struct Matrix: @unchecked Sendable {
    package let rows: Int
    package let columns: Int
    /// Floats from the start of a row to the start of the next.
    package let stride: Int
    /// The first float of the first row.
    ///
    /// Memory that was mapped for reading must not be written.
    package let base: UnsafeMutablePointer<Float>
    private let owner: AnyObject

    /// A matrix of zeros, `[rows × columns]`, its first float on a 64-byte boundary.
    package init(rows: Int, columns: Int) {
        precondition(rows >= 0 && columns >= 0, "\(rows) rows, \(columns) columns")
        let storage = AlignedFloats(count: rows * columns)
        self.init(
            rows: rows, columns: columns, stride: columns, base: storage.base, owner: storage)
    }

    /// A matrix of `values`, row after row.
    ///
    /// - Precondition: `values` has `rows × columns` elements.
    package init(rows: Int, columns: Int, values: [Float]) {
        precondition(values.count == rows * columns, "\(values.count) for \(rows) × \(columns)")
        self.init(rows: rows, columns: columns)
        values.withUnsafeBufferPointer { source in
            if let first = source.baseAddress { base.update(from: first, count: values.count) }
        }
    }

    /// A matrix over memory that `owner` keeps: it is read where it lies.
    package init(
        rows: Int, columns: Int, stride: Int, base: UnsafeMutablePointer<Float>, owner: AnyObject
    ) {
        precondition(stride >= columns, "a stride of \(stride) for \(columns) columns")
        self.rows = rows
        self.columns = columns
        self.stride = stride
        self.base = base
        self.owner = owner
    }

    /// The row at `index`, `[columns]`, valid while this matrix is.
    package func row(_ index: Int) -> UnsafeMutableBufferPointer<Float> {
        precondition(index >= 0 && index < rows, "row \(index) of \(rows)")
        return UnsafeMutableBufferPointer(start: base + index * stride, count: columns)
    }

    package subscript(row: Int, column: Int) -> Float {
        get { self.row(row)[column] }
        nonmutating set { self.row(row)[column] = newValue }
    }

    /// These rows, sharing memory.
    package func slice(rows range: Range<Int>) -> Matrix {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
        return Matrix(
            rows: range.count, columns: columns, stride: stride,
            base: base + range.lowerBound * stride, owner: owner)
    }

    /// These columns, sharing memory.
    package func slice(columns range: Range<Int>) -> Matrix {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= columns, "columns \(range) of \(columns)")
        return Matrix(
            rows: rows, columns: range.count, stride: stride, base: base + range.lowerBound,
            owner: owner)
    }

    /// All elements, row after row.
    package var values: [Float] {
        (0..<rows).flatMap { Array(row($0)) }
    }
}

/// Zeroed floats on a 64-byte boundary: a cache line, and the widest vector register.
private final class AlignedFloats {
    let base: UnsafeMutablePointer<Float>

    init(count: Int) {
        let bytes = max(count, 1) * MemoryLayout<Float>.stride
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        base = memory.initializeMemory(as: Float.self, repeating: 0, count: max(count, 1))
    }

    deinit { UnsafeMutableRawPointer(base).deallocate() }
}
