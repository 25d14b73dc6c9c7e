import Foundation
import LoreLinearAlgebra

/// Tensors by name in a memory-mapped safetensors file; the header is checked whole, and once.
///
/// A header's length in 8 bytes, a JSON header, then the tensors' bytes one after another, without
/// gaps. Tensors of f32 are used where they lie, f16 and bf16 become f32 when asked for.
struct SafetensorsFile: Sendable {
    /// The types a weight may have, and others that a file may hold besides.
    enum ElementType: String, Sendable {
        case f32 = "F32"
        case f16 = "F16"
        case bf16 = "BF16"
        case f64 = "F64"
        case i64 = "I64"
        case i32 = "I32"
        case i16 = "I16"
        case i8 = "I8"
        case u8 = "U8"
        case bool = "BOOL"

        var bytes: Int {
            switch self {
            case .f64, .i64: 8
            case .f32, .i32: 4
            case .f16, .bf16, .i16: 2
            case .i8, .u8, .bool: 1
            }
        }
    }

    /// Where a tensor lies: `range` is from the first byte after the header.
    struct Tensor: Sendable, Equatable {
        let type: ElementType
        let shape: [Int]
        let range: Range<Int>
    }

    /// No header of a real model is near this.
    private static let largestHeader = 100_000_000

    let tensors: [String: Tensor]
    private let file: MappedFile
    private let dataStart: Int

    var path: String { file.path }

    init(path: String) throws {
        let file = try MappedFile(path: path)
        self.file = file
        let header = try Self.header(of: file)
        dataStart = 8 + header.count
        tensors = try file.parse { _ in
            try Self.tensors(in: header.bindMemory(to: UInt8.self), of: file)
        }
        try checkLayout()
    }

    private static func header(of file: MappedFile) throws -> UnsafeRawBufferPointer {
        guard file.bytes.count >= 8 else {
            throw EmbeddingError.damaged(
                path: file.path, reason: "it has \(file.bytes.count) bytes, too few for a header")
        }
        let length = UInt64(littleEndian: file.bytes.loadUnaligned(as: UInt64.self))
        guard length <= largestHeader, Int(length) <= file.bytes.count - 8 else {
            throw EmbeddingError.damaged(
                path: file.path,
                reason: "a header of \(length) bytes in a file of \(file.bytes.count)")
        }
        return UnsafeRawBufferPointer(rebasing: file.bytes[8..<8 + Int(length)])
    }

    private static func tensors(
        in header: UnsafeBufferPointer<UInt8>, of file: MappedFile
    ) throws -> [String: Tensor] {
        var tensors: [String: Tensor] = [:]
        var reader = JSONReader(header)
        try reader.object { reader, key in
            let name = String(decoding: key, as: UTF8.self)
            let value = try reader.value()
            guard name != "__metadata__" else { return }
            guard let tensor = tensor(value) else {
                throw EmbeddingError.damaged(
                    path: file.path, reason: "the entry of tensor '\(name)' makes no sense")
            }
            guard tensors.updateValue(tensor, forKey: name) == nil else {
                throw EmbeddingError.damaged(
                    path: file.path, reason: "tensor '\(name)' is there twice")
            }
        }
        try reader.end()
        return tensors
    }

    private static func tensor(_ value: JSONValue) -> Tensor? {
        guard let type = value["dtype"]?.string.flatMap(ElementType.init),
            let shape = sizes(value["shape"]), let offsets = sizes(value["data_offsets"]),
            offsets.count == 2, offsets[0] <= offsets[1]
        else { return nil }
        var count = type.bytes
        for size in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            guard !overflow else { return nil }
            count = product
        }
        guard count == offsets[1] - offsets[0] else { return nil }
        return Tensor(type: type, shape: shape, range: offsets[0]..<offsets[1])
    }

    private static func sizes(_ value: JSONValue?) -> [Int]? {
        guard let elements = value?.elements else { return nil }
        let sizes = elements.compactMap(\.integer).filter { $0 >= 0 }
        return sizes.count == elements.count ? sizes : nil
    }

    /// Tensors fill the file from end to end: none overlaps, none is cut off.
    private func checkLayout() throws {
        let size = file.bytes.count - dataStart
        var end = 0
        let ordered = tensors.sorted {
            ($0.value.range.lowerBound, $0.value.range.upperBound, $0.key)
                < ($1.value.range.lowerBound, $1.value.range.upperBound, $1.key)
        }
        for (name, tensor) in ordered {
            guard tensor.range.lowerBound == end else {
                throw EmbeddingError.damaged(
                    path: path,
                    reason: "tensor '\(name)' starts at \(tensor.range.lowerBound), "
                        + "not at \(end) where the one before ends")
            }
            end = tensor.range.upperBound
        }
        guard end == size else {
            throw EmbeddingError.damaged(
                path: path, reason: "it holds \(size) bytes of tensors; its header tells of \(end)")
        }
    }

    /// The tensor `name` as a matrix; a vector is a matrix of one row.
    ///
    /// - Throws: `EmbeddingError.damaged` where it is missing, or of another shape or type.
    func matrix(_ name: String, rows: Int, columns: Int) throws -> Matrix {
        guard let tensor = tensors[name] else {
            throw EmbeddingError.damaged(path: path, reason: "tensor '\(name)' is missing")
        }
        let expected = rows == 1 ? [columns] : [rows, columns]
        guard tensor.shape == expected || tensor.shape == [rows, columns] else {
            throw EmbeddingError.damaged(
                path: path,
                reason: "tensor '\(name)' has shape \(tensor.shape); the configuration says "
                    + "\(expected)")
        }
        return try read(tensor, named: name, rows: rows, columns: columns)
    }

    private func read(
        _ tensor: Tensor, named name: String, rows: Int, columns: Int
    ) throws -> Matrix {
        let bytes = UnsafeRawBufferPointer(
            rebasing: file.bytes[
                dataStart + tensor.range.lowerBound..<dataStart + tensor.range.upperBound])
        guard let start = bytes.baseAddress else { return Matrix(rows: rows, columns: columns) }
        let isAligned = Int(bitPattern: start) % MemoryLayout<Float>.alignment == 0
        if tensor.type == .f32 && isAligned {
            let floats = UnsafeMutableRawPointer(mutating: start)
            return Matrix(
                rows: rows, columns: columns, stride: columns,
                base: floats.assumingMemoryBound(to: Float.self), owner: file)
        }
        return try widened(bytes, of: tensor.type, named: name, rows: rows, columns: columns)
    }

    /// A copy as f32; a header of odd length leaves the bytes unaligned, so they are copied first.
    private func widened(
        _ bytes: UnsafeRawBufferPointer, of type: ElementType, named name: String, rows: Int,
        columns: Int
    ) throws -> Matrix {
        let aligned = Matrix(rows: 1, columns: bytes.count / MemoryLayout<Float>.size + 1)
        UnsafeMutableRawBufferPointer(start: aligned.base, count: bytes.count).copyMemory(
            from: bytes)
        let halves = UnsafeRawPointer(aligned.base).assumingMemoryBound(to: UInt16.self)
        let result = Matrix(rows: rows, columns: columns)
        switch type {
        case .f32: result.base.update(from: aligned.base, count: rows * columns)
        case .f16: Kernels.widen(half: halves, count: rows * columns, into: result.base)
        case .bf16: Kernels.widen(bfloat: halves, count: rows * columns, into: result.base)
        default:
            throw EmbeddingError.unsupported(
                path: path, reason: "tensor '\(name)' is \(type.rawValue), not F32, F16 or BF16")
        }
        return withExtendedLifetime(aligned) { result }
    }
}
