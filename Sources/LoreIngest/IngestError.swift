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
    /// `encoding` is `Latin-1` or `Windows-1252`.
    case looksLikeLatin1(path: String, encoding: String)
    /// The file says that it is in an encoding, and is not.
    case badEncoding(path: String, encoding: String, byteOffset: Int)
    /// The file says that it is in an encoding that this system does not know.
    case unknownEncoding(path: String, encoding: String)
    case malformed(path: String, reason: String)
    case converterMissing(path: String, program: String, package: String)
    case converterUnusable(path: String, program: String, reason: String)
    case conversionFailed(path: String, program: String, reason: String)
    case conversionTimedOut(path: String, program: String, seconds: Int)
    case conversionTooLarge(path: String, program: String, limit: Int)

    package var category: ErrorCategory {
        switch self {
        case .rootNotFound: .notFound
        case .rootNotAFolder, .notAFile, .tooLarge, .conversionTooLarge: .invalidInput
        case .rootUnreadable, .changedWhileRead, .converterMissing, .converterUnusable,
            .conversionTimedOut:
            .unavailable
        case .unreadable(_, let errno): errno == ENOENT ? .notFound : .unavailable
        case .binary, .notUTF8, .looksLikeLatin1, .badEncoding, .unknownEncoding, .malformed,
            .conversionFailed:
            .corruptData
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
        case .looksLikeLatin1(let path, let encoding): "'\(path)' looks like \(encoding)"
        case .badEncoding(let path, let encoding, let offset):
            "'\(path)' is not the \(encoding) it says it is (first bad byte at \(offset))"
        case .unknownEncoding(let path, let encoding):
            "'\(path)' is in an unknown encoding, '\(encoding)'"
        case .malformed(let path, let reason): "'\(path)' cannot be parsed (\(reason))"
        case .converterMissing(let path, let program, _):
            "'\(path)' cannot be read: \(program) is missing"
        case .converterUnusable(let path, let program, let reason):
            "\(program) could not be started for '\(path)' (\(reason))"
        case .conversionFailed(let path, let program, let reason):
            "\(program) cannot read '\(path)' (\(reason))"
        case .conversionTimedOut(let path, let program, let seconds):
            "\(program) was not done with '\(path)' after \(seconds) s"
        case .conversionTooLarge(let path, let program, let limit):
            "\(program) makes more than \(megabytes(Int64(limit))) of text of '\(path)'"
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
        case .notUTF8, .badEncoding, .unknownEncoding: "convert it, or list it in .loreignore"
        case .changedWhileRead: "index again once it is saved"
        case .looksLikeLatin1(_, let encoding):
            encoding == "Latin-1"
                ? "convert it, e.g. `iconv -f latin1 -t utf-8`"
                : "convert it, e.g. `iconv -f windows-1252 -t utf-8`"
        case .malformed, .conversionFailed: "mend it, or list it in .loreignore"
        case .conversionTimedOut:
            "mend it, list it in .loreignore, or try again with `lore index --full`"
        case .converterMissing(_, _, let package): "install \(package)"
        case .converterUnusable: "index again"
        case .conversionTooLarge: "split it, or list it in .loreignore"
        }
    }

    /// Whether reading again would fail again as long as the file stays the same.
    ///
    /// What fails for the state of the machine (permissions, a missing program, a time limit) or
    /// for a setting may succeed the next time.
    package var isLasting: Bool {
        switch self {
        case .binary, .notUTF8, .looksLikeLatin1, .badEncoding, .unknownEncoding, .malformed,
            .conversionFailed, .conversionTooLarge, .conversionTimedOut:
            // What timed out may not the next time, but to try costs that time at every run.
            true
        case .rootNotFound, .rootNotAFolder, .rootUnreadable, .unreadable, .notAFile, .tooLarge,
            .changedWhileRead, .converterMissing, .converterUnusable:
            false
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
