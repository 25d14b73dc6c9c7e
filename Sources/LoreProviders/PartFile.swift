import Crypto
import Foundation
import LoreCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file on its way: `NAME.part` beside its place, with the server's tag for it in `NAME.part.etag`.
///
/// It is locked while it is open, so that two downloads never write one file.
final class PartFile {
    private let file: URL
    private let part: URL
    private let tagFile: URL
    private let descriptor: CInt
    private(set) var bytes: Int64

    /// Opens the part of `file`, with what an earlier download left of it.
    ///
    /// - Throws: `ProviderError.cannotWrite`, `.alreadyDownloading`.
    init(of file: URL) throws {
        self.file = file
        part = file.appendingPathExtension("part")
        tagFile = part.appendingPathExtension("etag")
        descriptor = open(part.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw ProviderError.cannotWrite(path: part.path, errno: errno)
        }
        bytes = Int64(lseek(descriptor, 0, SEEK_END))
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw ProviderError.alreadyDownloading(path: file.path)
        }
        bytes = Int64(lseek(descriptor, 0, SEEK_END))
    }

    deinit { _ = close(descriptor) }

    /// The server's strong tag for the bytes that are there, where it gave one.
    var tag: String? {
        // A tag that cannot be read is as good as none: the hash decides in the end.
        try? String(contentsOf: tagFile, encoding: .utf8)
    }

    /// Forgets what is there and remembers the tag of what comes.
    func restart(tag: String?) throws {
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw failure()
        }
        bytes = 0
        removeTag()
        guard let tag, !tag.hasPrefix("W/") else { return }
        do {
            try Data(tag.utf8).write(to: tagFile)
        } catch {
            throw ProviderError.cannotWrite(path: tagFile.path, errno: EIO)
        }
    }

    func append(_ piece: [UInt8]) throws {
        var rest = piece[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw failure() }
            rest = rest.dropFirst(count)
            bytes += Int64(count)
        }
    }

    /// Puts the part in the file's place, if it is the file.
    ///
    /// - Throws: `ProviderError.wrongHash`, and then the part is gone.
    func finish(sha256 expected: String, name: String) throws {
        let found = try sha256Digits(of: part)
        guard found == expected else {
            remove()
            throw ProviderError.wrongHash(file: name, expected: expected, found: found)
        }
        guard fsync(descriptor) == 0, rename(part.path, file.path) == 0 else { throw failure() }
        removeTag()
    }

    /// Removes the part and its tag.
    func remove() {
        unlink(part.path)
        removeTag()
    }

    private func removeTag() { unlink(tagFile.path) }

    private func failure() -> ProviderError { .cannotWrite(path: part.path, errno: errno) }
}

/// The SHA-256 of a file's bytes, in hexadecimal digits.
///
/// - Throws: `ProviderError.cannotWrite` where the file cannot be read back.
func sha256Digits(of file: URL) throws -> String {
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ProviderError.cannotWrite(path: file.path, errno: errno) }
    defer { _ = close(descriptor) }
    var hash = SHA256()
    var block = [UInt8](repeating: 0, count: 1 << 20)
    while true {
        let count = block.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        if count < 0 && errno == EINTR { continue }
        guard count >= 0 else { throw ProviderError.cannotWrite(path: file.path, errno: errno) }
        if count == 0 { return hexadecimal(hash.finalize()) }
        hash.update(data: block[..<count])
    }
}
