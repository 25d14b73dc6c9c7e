import Foundation

/// The files of a ZIP archive, which a Python wheel is.
///
/// Stored and deflated entries; neither encryption nor ZIP64.
struct ZipArchive {
    struct Entry {
        let name: String
        let method: Int
        let compressed: Int
        let size: Int
        let checksum: UInt32
        let headerOffset: Int
    }

    let entries: [Entry]
    private let file: MappedFile

    /// Reads the list of files at the archive's end.
    ///
    /// - Throws: `EmbeddingError.damaged` where there is none, or one that makes no sense.
    init(path: String) throws {
        file = try MappedFile(path: path)
        let reader = Reader(file: file)
        guard let end = reader.directoryEnd() else { throw reader.damaged("it is no ZIP archive") }
        let count = try reader.integer(2, at: end + 10)
        var position = try reader.integer(4, at: end + 16)
        var entries: [Entry] = []
        for _ in 0..<count {
            guard try reader.integer(4, at: position) == 0x0201_4B50 else {
                throw reader.damaged("its list of files is broken")
            }
            let lengths = try [28, 30, 32].map { try reader.integer(2, at: position + $0) }
            let name = try reader.bytes(position + 46, lengths[0])
            entries.append(
                Entry(
                    name: String(decoding: name, as: UTF8.self),
                    method: try reader.integer(2, at: position + 10),
                    compressed: try reader.integer(4, at: position + 20),
                    size: try reader.integer(4, at: position + 24),
                    checksum: UInt32(try reader.integer(4, at: position + 16)),
                    headerOffset: try reader.integer(4, at: position + 42)))
            position += 46 + lengths.reduce(0, +)
        }
        self.entries = entries
    }

    /// Writes the bytes of `entry` to `target`.
    ///
    /// - Throws: `EmbeddingError.damaged` where they are not what the archive says of them.
    func extract(_ entry: Entry, to target: URL) throws {
        let reader = Reader(file: file)
        let header = entry.headerOffset
        let names = try reader.integer(2, at: header + 26) + reader.integer(2, at: header + 28)
        let data = try reader.bytes(header + 30 + names, entry.compressed)
        try Data().write(to: target)
        let handle = try FileHandle(forWritingTo: target)
        defer { try? handle.close() }  // What counts has been written by then.
        var checksum = CRC32()
        var written = 0
        let sink = { (part: ArraySlice<UInt8>) in
            written += part.count
            guard written <= entry.size else { throw Inflater.Malformed() }
            checksum.add(part)
            try handle.write(contentsOf: part)
        }
        do {
            try Self.expand(data, entry.method, sink)
        } catch is Inflater.Malformed {
            throw reader.damaged("'\(entry.name)' in it does not decompress")
        }
        guard written == entry.size, checksum.value == entry.checksum else {
            throw reader.damaged("'\(entry.name)' in it fails its checksum")
        }
    }

    private static func expand(
        _ data: UnsafeBufferPointer<UInt8>, _ method: Int,
        _ sink: (ArraySlice<UInt8>) throws -> Void
    ) throws {
        switch method {
        case 0:
            for start in stride(from: 0, to: data.count, by: 1 << 20) {
                try sink(Array(data[start..<min(start + (1 << 20), data.count)])[...])
            }
        case 8:
            var inflater = Inflater(data)
            try inflater.run(sink)
        default: throw Inflater.Malformed()
        }
    }

    /// Little-endian numbers at places that are checked.
    private struct Reader {
        let file: MappedFile

        func damaged(_ reason: String) -> EmbeddingError {
            .damaged(path: file.path, reason: reason)
        }

        func bytes(_ start: Int, _ count: Int) throws -> UnsafeBufferPointer<UInt8> {
            guard start >= 0, count >= 0, start + count <= file.bytes.count else {
                throw damaged("it ends early")
            }
            let part = UnsafeRawBufferPointer(rebasing: file.bytes[start..<start + count])
            return part.bindMemory(to: UInt8.self)
        }

        func integer(_ width: Int, at position: Int) throws -> Int {
            try bytes(position, width).reversed().reduce(0) { $0 << 8 | Int($1) }
        }

        /// The last record of the archive, which a comment of up to 65,535 bytes may follow.
        func directoryEnd() -> Int? {
            let last = file.bytes.count - 22
            guard last >= 0 else { return nil }
            let signature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
            return (max(0, last - 65_535)...last).last { start in
                file.bytes[start..<start + 4].elementsEqual(signature)
            }
        }
    }
}

/// The checksum of a ZIP entry.
private struct CRC32 {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }

    private var state = UInt32.max

    var value: UInt32 { ~state }

    mutating func add(_ bytes: ArraySlice<UInt8>) {
        let table = Self.table
        for byte in bytes { state = table[Int((state ^ UInt32(byte)) & 0xFF)] ^ state >> 8 }
    }
}
