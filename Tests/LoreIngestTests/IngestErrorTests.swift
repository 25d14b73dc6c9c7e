import Foundation
import LoreCore
import LoreIngest
import Testing

@Suite struct IngestErrorTests {
    private static let table: [(IngestError, ErrorCategory, String)] = [
        (
            .rootNotFound(path: "/n"), .notFound,
            "there is no folder '/n'; check the spelling, or create it first"
        ),
        (
            .rootNotAFolder(path: "/n.md"), .invalidInput,
            "'/n.md' is not a folder; name the folder that holds the notes"
        ),
        (
            .rootUnreadable(path: "/n", errno: EACCES), .unavailable,
            "'/n' cannot be read (Permission denied); check its permissions"
        ),
        (
            .unreadable(path: "a.md", errno: EACCES), .unavailable,
            "'a.md' cannot be read (Permission denied); check its permissions, or list it in .loreignore"
        ),
        (
            .unreadable(path: "a.md", errno: ENOENT), .notFound,
            "'a.md' cannot be read (No such file or directory); it was removed; index again"
        ),
        (
            .notAFile(path: "a.md"), .invalidInput,
            "'a.md' is not a regular file; it was replaced; index again"
        ),
        (
            .tooLarge(path: "a.md", bytes: 104_857_600, limit: 50_000_000), .invalidInput,
            "'a.md' has 104.9 MB, more than the limit of 50 MB; split it, or list it in .loreignore"
        ),
        (
            .tooLarge(path: "a.md", bytes: 11, limit: 10), .invalidInput,
            "'a.md' has 11 bytes, more than the limit of 10 bytes; split it, or list it in .loreignore"
        ),
        (
            .binary(path: "a.md", byteOffset: 3), .corruptData,
            "'a.md' is binary (NUL byte at 3); list it in .loreignore"
        ),
        (
            .notUTF8(path: "a.md", byteOffset: 7), .corruptData,
            "'a.md' is not UTF-8 (first bad byte at 7); convert it, or list it in .loreignore"
        ),
        (
            .changedWhileRead(path: "a.md"), .unavailable,
            "'a.md' changed while it was read; index again once it is saved"
        ),
    ]

    @Test func `each error says what failed, on what, and what to do`() {
        for (error, category, words) in Self.table {
            #expect(error.description == words)
            #expect(error.category == category)
        }
    }
}
