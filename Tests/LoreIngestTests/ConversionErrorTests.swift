import LoreCore
import LoreIngest
import Testing

@Suite struct ConversionErrorTests {
    private static let table: [(IngestError, ErrorCategory, isLasting: Bool, String)] = [
        (
            .looksLikeLatin1(path: "a.md", encoding: "Latin-1"), .corruptData, true,
            "'a.md' looks like Latin-1; convert it, e.g. `iconv -f latin1 -t utf-8`"
        ),
        (
            .looksLikeLatin1(path: "a.md", encoding: "Windows-1252"), .corruptData, true,
            "'a.md' looks like Windows-1252; convert it, e.g. `iconv -f windows-1252 -t utf-8`"
        ),
        (
            .badEncoding(path: "a.md", encoding: "UTF-16LE", byteOffset: 4), .corruptData, true,
            "'a.md' is not the UTF-16LE it says it is (first bad byte at 4); convert it, or list it in .loreignore"
        ),
        (
            .unknownEncoding(path: "a.html", encoding: "x"), .corruptData, true,
            "'a.html' is in an unknown encoding, 'x'; convert it, or list it in .loreignore"
        ),
        (
            .malformed(path: "a.ipynb", reason: "it is not JSON"), .corruptData, true,
            "'a.ipynb' cannot be parsed (it is not JSON); mend it, or list it in .loreignore"
        ),
        (
            .converterMissing(path: "a.pdf", program: "pdftotext", package: "poppler-utils"),
            .unavailable, false,
            "'a.pdf' cannot be read: pdftotext is missing; install poppler-utils"
        ),
        (
            .converterUnusable(path: "a.pdf", program: "pdftotext", reason: "no room"),
            .unavailable, false,
            "pdftotext could not be started for 'a.pdf' (no room); index again"
        ),
        (
            .conversionFailed(path: "a.pdf", program: "pdftotext", reason: "exit status 1"),
            .corruptData, true,
            "pdftotext cannot read 'a.pdf' (exit status 1); mend it, or list it in .loreignore"
        ),
        (
            .conversionTimedOut(path: "a.pdf", program: "pdftotext", seconds: 60), .unavailable,
            true,
            "pdftotext was not done with 'a.pdf' after 60 s; mend it, list it in .loreignore, or try "
                + "again with `lore index --full`"
        ),
        (
            .conversionTooLarge(path: "a.docx", program: "pandoc", limit: 20_000_000),
            .invalidInput, true,
            "pandoc makes more than 20 MB of text of 'a.docx'; split it, or list it in .loreignore"
        ),
    ]

    @Test func `each error says what failed, on what, and what to do`() {
        for (error, category, isLasting, words) in Self.table {
            #expect(error.description == words)
            #expect(error.category == category)
            #expect(error.isLasting == isLasting)
        }
    }

    @Test func `what the state of the machine is to blame for may succeed the next time`() {
        let path = "a.md"
        let passing: [IngestError] = [
            .unreadable(path: path, errno: 13), .notAFile(path: path),
            .changedWhileRead(path: path), .tooLarge(path: path, bytes: 2, limit: 1),
        ]
        #expect(passing.allSatisfy { !$0.isLasting })
        #expect(IngestError.binary(path: path, byteOffset: 0).isLasting)
        #expect(IngestError.notUTF8(path: path, byteOffset: 0).isLasting)
    }
}
