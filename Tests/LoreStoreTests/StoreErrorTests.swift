import LoreCore
import LoreStore
import Testing

@Suite struct StoreErrorTests {
    @Test(arguments: [
        (
            StoreError.noIndex(path: "l.db"), ErrorCategory.incompatible,
            "there is no index at 'l.db'; run `lore index FOLDER`"
        ),
        (
            .foreignDatabase(path: "l.db"), .incompatible,
            "'l.db' is a database of another program; choose another file with --db or LORE_DB"
        ),
        (
            .newerSchema(path: "l.db", version: 9, known: 1), .incompatible,
            """
            the index 'l.db' has schema 9, this lore knows 1; update lore, or choose another file \
            with --db
            """
        ),
        (
            .olderSchema(path: "l.db", version: 0, known: 1), .incompatible,
            "the index 'l.db' has schema 0, this lore needs 1; run `lore index`"
        ),
        (
            .damaged(path: "l.db", reason: "file is not a database"), .corruptData,
            """
            the index 'l.db' is damaged (file is not a database); move the file away and run \
            `lore index FOLDER` again
            """
        ),
        (
            .locked(path: "l.db"), .failure,
            """
            the index 'l.db' is locked by another process; wait for that process to end, then \
            try again
            """
        ),
        (
            .writerBusy(path: "l.db", holder: nil), .failure,
            """
            the index 'l.db' is busy: waited for another process; wait for it to end, or end it, \
            then try again
            """
        ),
        (
            .diskFull(path: "l.db"), .failure,
            "the disk of the index 'l.db' is full; free some space, then run the command again"
        ),
        (
            .readOnly(path: "l.db"), .failure,
            """
            the index 'l.db' cannot be written; check the permissions of the file, its folder \
            and its disk
            """
        ),
        (
            .cannotOpen(path: "l.db", reason: "Is a directory"), .failure,
            """
            the index 'l.db' cannot be opened (Is a directory); check the path and its \
            permissions
            """
        ),
        (
            .folderNameTaken(name: "work", path: "/w"), .invalidInput,
            "'work' already names the folder '/w'; choose another with --name"
        ),
        (
            .noFolder(name: "work"), .notFound,
            "no folder is named 'work'; `lore folders` lists them"
        ),
        (
            .tooManyChunks(path: "a.md", limit: 10), .invalidInput,
            "'a.md' has more than 10 chunks; split the file, or list it in .loreignore"
        ),
        (
            .invalidVector(model: "minilm", reason: "8 bytes, not 12"), .corruptData,
            """
            a vector of the model 'minilm' is invalid (8 bytes, not 12); run `lore doctor --fix` \
            and then `lore index`
            """
        ),
        (
            .failed(path: "l.db", reason: "disk I/O error"), .failure,
            "the index 'l.db' failed (disk I/O error)"
        ),
    ])
    func `an error says what failed and what to do`(
        error: StoreError, category: ErrorCategory, words: String
    ) {
        #expect(error.description == words)
        #expect(error.category == category)
    }
}
