#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// An open folder or file, closed with the last reference.
///
/// Everything below a root is opened from its parent's descriptor and never through a symbolic
/// link, so that no race between listing and opening leads out of the root.
final class Descriptor: Sendable {
    let number: CInt

    private init(_ number: CInt) { self.number = number }

    deinit { _ = close(number) }

    /// Opens `path` as the user gave it; links in it are the user's own.
    static func root(_ path: String) throws(SystemError) -> Descriptor {
        try Descriptor(check(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)))
    }

    /// Opens a folder inside this one.
    func folder(_ name: borrowing [CChar]) throws(SystemError) -> Descriptor {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        return try Descriptor(Self.check(openat(number, name, flags)))
    }

    /// Opens a file inside this folder; a pipe does not block.
    func file(_ name: borrowing [CChar]) throws(SystemError) -> Descriptor {
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        return try Descriptor(Self.check(openat(number, name, flags)))
    }

    /// Opens a file at a path below this folder, one part at a time.
    func file(atPath path: String) throws(SystemError) -> Descriptor {
        // By bytes: a combining mark after the slash would make one character with it.
        let parts = path.utf8.split(separator: slash)
        var folder = self
        for part in parts.dropLast() { folder = try folder.folder(Self.cString(part)) }
        return try folder.file(Self.cString(parts.last ?? path.utf8[...]))
    }

    func status() throws(SystemError) -> FileStatus {
        var value = stat()
        _ = try Self.check(fstat(number, &value))
        return FileStatus(value)
    }

    /// The status of what `name` is in this folder; of a link, not of its target.
    func status(of name: borrowing [CChar]) throws(SystemError) -> FileStatus {
        var value = stat()
        _ = try Self.check(fstatat(number, name, &value, AT_SYMLINK_NOFOLLOW))
        return FileStatus(value)
    }

    /// Reads from the start until the file's end or one byte more than `limit`.
    func readAll(expecting size: Int, limit: Int) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count <= limit {
            let piece = try next(atMost: max(min(size, limit) + 1 - bytes.count, 4_096))
            if piece.isEmpty { break }
            bytes = bytes.isEmpty ? piece : bytes + piece
        }
        return bytes
    }

    /// The bytes in `range`; fewer where the file ends before.
    func bytes(in range: Range<Int>) throws(SystemError) -> [UInt8] {
        guard lseek(number, off_t(range.lowerBound), SEEK_SET) >= 0 else {
            throw SystemError(code: errno)
        }
        return try Array(readAll(expecting: range.count, limit: range.count).prefix(range.count))
    }

    /// What comes next, at most `count` bytes of it; nothing at the file's end.
    private func next(atMost count: Int) throws(SystemError) -> [UInt8] {
        var code: CInt = 0
        let piece = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            var result = 0
            repeat {
                result = read(number, buffer.baseAddress, count)
            } while result < 0 && errno == EINTR
            code = result < 0 ? errno : 0
            filled = max(result, 0)
        }
        guard code == 0 else { throw SystemError(code: code) }
        return piece
    }

    private static func check(_ result: CInt) throws(SystemError) -> CInt {
        guard result >= 0 else { throw SystemError(code: errno) }
        return result
    }

    private static func cString(_ part: Substring.UTF8View) -> [CChar] {
        part.map { CChar(bitPattern: $0) } + [0]
    }
}

/// An error number of the operating system.
struct SystemError: Error, Hashable {
    let code: CInt
}

/// The part of a file's status that lore looks at.
struct FileStatus: Hashable, Sendable {
    let kind: FileKind
    let device: UInt64
    let inode: UInt64
    let size: Int64
    let modifiedNanoseconds: Int64
    let changedNanoseconds: Int64

    init(_ value: stat) {
        kind = FileKind(mode: value.st_mode)
        device = UInt64(truncatingIfNeeded: value.st_dev)
        inode = UInt64(value.st_ino)
        size = Int64(value.st_size)
        #if canImport(Darwin)
            modifiedNanoseconds = nanoseconds(value.st_mtimespec)
            changedNanoseconds = nanoseconds(value.st_ctimespec)
        #else
            modifiedNanoseconds = nanoseconds(value.st_mtim)
            changedNanoseconds = nanoseconds(value.st_ctim)
        #endif
    }
}

/// What stands behind a name in a folder.
enum FileKind: Hashable, Sendable {
    case file
    case folder
    /// A link, pipe, socket or device: never indexed.
    case other
    /// The file system does not tell while listing; ask for the status.
    case unknown

    init(mode: mode_t) {
        switch mode & S_IFMT {
        case S_IFREG: self = .file
        case S_IFDIR: self = .folder
        default: self = .other
        }
    }

    init(directoryEntryType type: UInt8) {
        switch Int(type) {
        case Int(DT_REG): self = .file
        case Int(DT_DIR): self = .folder
        case Int(DT_UNKNOWN): self = .unknown
        default: self = .other
        }
    }
}

private func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
}
