import Foundation

/// What was piped or redirected into a command.
enum StandardInput {
    enum Reading {
        /// Nobody gives any.
        case none
        /// A pipe is open, and nothing came through it for a while.
        case nothingCame
        case text(String)
    }

    /// How long a pipe may take to begin; once it has begun it is read to its end.
    ///
    /// A slow program is waited for, one that never writes is not.
    private static let patienceMilliseconds: Int32 = 5_000

    /// Reads all of it.
    static func read() -> Reading {
        switch kind {
        case .other: return .none
        case .pipe where !isReadable(within: patienceMilliseconds): return .nothingCame
        case .pipe, .file: break
        }
        // What cannot be read is nothing to answer from.
        let data = (try? FileHandle.standardInput.readToEnd()) ?? Data()
        let text = String(decoding: data, as: UTF8.self)
        return text.contains { !$0.isWhitespace } ? .text(text) : .none
    }

    /// Whether there is something to read at once; nothing is read.
    static var hasText: Bool {
        switch kind {
        case .other: return false
        case .pipe:
            var count: CInt = 0
            return ioctl(STDIN_FILENO, UInt(FIONREAD), &count) == 0 && count > 0
        case .file(let size): return size > lseek(STDIN_FILENO, 0, SEEK_CUR)
        }
    }

    private enum Kind {
        case pipe
        case file(size: off_t)
        /// A terminal, a device, or closed.
        case other
    }

    private static var kind: Kind {
        var status = stat()
        guard fstat(STDIN_FILENO, &status) == 0 else { return .other }
        switch status.st_mode & S_IFMT {
        case S_IFIFO, S_IFSOCK: return .pipe
        case S_IFREG: return .file(size: status.st_size)
        default: return .other
        }
    }

    private static func isReadable(within milliseconds: Int32) -> Bool {
        var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, milliseconds) > 0
    }
}
