#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A name in a folder as the file system gives it.
struct FolderName {
    /// Without a terminating zero.
    let bytes: [UInt8]
    let kind: FileKind

    var isHidden: Bool { bytes.first == UInt8(ascii: ".") }

    var cString: [CChar] { bytes.map { CChar(bitPattern: $0) } + [0] }
}

extension Descriptor {
    /// The names in this folder, unsorted, without `.` and `..`.
    ///
    /// - Throws: `SystemError` where the listing breaks off: a partial list is never returned.
    func names() throws(SystemError) -> [FolderName] {
        // fdopendir takes its descriptor for its own and closes it.
        let copy = dup(number)
        guard copy >= 0 else { throw SystemError(code: errno) }
        guard let stream = fdopendir(copy) else {
            let code = errno
            _ = close(copy)
            throw SystemError(code: code)
        }
        defer { closedir(stream) }
        rewinddir(stream)
        var names: [FolderName] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            let name = FolderName(entry)
            if name.bytes != [0x2E], name.bytes != [0x2E, 0x2E] { names.append(name) }
        }
        guard errno == 0 else { throw SystemError(code: errno) }
        return names
    }
}

extension FolderName {
    fileprivate init(_ entry: UnsafeMutablePointer<dirent>) {
        kind = FileKind(directoryEntryType: entry.pointee.d_type)
        bytes = withUnsafeBytes(of: &entry.pointee.d_name) { buffer in
            Array(buffer.prefix { $0 != 0 })
        }
    }
}
