import Foundation

/// A file's bytes, read by the system as they are touched.
///
/// `@unchecked Sendable`: the mapping is made once and only read.
final class MappedFile: @unchecked Sendable {
    let path: String
    let bytes: UnsafeRawBufferPointer

    init(path: String) throws {
        self.path = path
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw EmbeddingError.unreadable(path: path, errno: errno) }
        defer { close(descriptor) }
        let size = lseek(descriptor, 0, SEEK_END)
        guard size >= 0 else { throw EmbeddingError.unreadable(path: path, errno: errno) }
        guard size > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        let start = mmap(nil, Int(size), PROT_READ, MAP_PRIVATE, descriptor, 0)
        guard let start, start != MAP_FAILED else {
            throw EmbeddingError.unreadable(path: path, errno: errno)
        }
        bytes = UnsafeRawBufferPointer(start: start, count: Int(size))
    }

    deinit {
        guard let start = bytes.baseAddress else { return }
        munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
    }

    /// The bytes as JSON.
    func json() throws -> JSONValue {
        try parse { try JSONValue(parsing: $0) }
    }

    /// What `body` reads from the bytes; what is not JSON is an error about this file.
    func parse<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) throws -> Result {
        do {
            return try withExtendedLifetime(self) {
                try body(bytes.bindMemory(to: UInt8.self))
            }
        } catch let error as JSONReader.Malformed {
            throw EmbeddingError.damaged(path: path, reason: "no JSON from byte \(error.offset)")
        }
    }
}
