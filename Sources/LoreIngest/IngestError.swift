import Foundation
package import LoreCore

/// A folder that cannot be walked, or a file that could not become a document.
package enum IngestError: LoreError, Hashable {
    case rootNotFound(path: String)
    case rootNotAFolder(path: String)
    case rootUnreadable(path: String, errno: CInt)
    case unreadable(path: String, errno: CInt)
    case notAFile(path: String)
    case tooLarge(path: String, bytes: Int64, limit: Int)
    case binary(path: String, byteOffset: Int)
    case notUTF8(path: String, byteOffset: Int)
    case changedWhileRead(path: String)

    package var category: ErrorCategory {
        switch self {
        case .rootNotFound: .notFound
        case .rootNotAFolder, .notAFile, .tooLarge: .invalidInput
        case .rootUnreadable, .changedWhileRead: .unavailable
        case .unreadable(_, let errno): errno == ENOENT ? .notFound : .unavailable
        case .binary, .notUTF8: .corruptData
        }
    }

    package var message: String {
        switch self {
        case .rootNotFound(let path): "there is no folder '\(path)'"
        case .rootNotAFolder(let path): "'\(path)' is not a folder"
        case .rootUnreadable(let path, let errno), .unreadable(let path, let errno):
            "'\(path)' cannot be read (\(reason(of: errno)))"
        case .notAFile(let path): "'\(path)' is not a regular file"
        case .tooLarge(let path, let bytes, let limit):
            "'\(path)' has \(megabytes(bytes)), more than the limit of \(megabytes(Int64(limit)))"
        case .binary(let path, let offset): "'\(path)' is binary (NUL byte at \(offset))"
        case .notUTF8(let path, let offset):
            "'\(path)' is not UTF-8 (first bad byte at \(offset))"
        case .changedWhileRead(let path): "'\(path)' changed while it was read"
        }
    }

    package var hint: String {
        switch self {
        case .rootNotFound: "check the spelling, or create it first"
        case .rootNotAFolder: "name the folder that holds the notes"
        case .rootUnreadable: "check its permissions"
        case .unreadable(_, let errno):
            errno == ENOENT
                ? "it was removed; index again"
                : "check its permissions, or list it in .loreignore"
        case .notAFile: "it was replaced; index again"
        case .tooLarge: "split it, or list it in .loreignore"
        case .binary: "list it in .loreignore"
        case .notUTF8: "convert it, or list it in .loreignore"
        case .changedWhileRead: "index again once it is saved"
        }
    }
}

/// The system's words for an error number, for example "Permission denied".
func reason(of errno: CInt) -> String { String(cString: strerror(errno)) }

/// A size as people say it: bytes below 1 MB, else megabytes with one decimal.
private func megabytes(_ bytes: Int64) -> String {
    guard bytes >= 1_000_000 else { return "\(bytes) bytes" }
    let tenths = (bytes + 50_000) / 100_000
    return tenths % 10 == 0 ? "\(tenths / 10) MB" : "\(tenths / 10).\(tenths % 10) MB"
}
