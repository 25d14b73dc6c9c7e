import LoreCore
import LoreSearch
import Testing

@Suite struct SearchErrorTests {
    @Test(arguments: [
        (
            SearchError.dimensionMismatch(index: 384, query: 768),
            "the index holds vectors of 384 dimensions, the query's vector has 768; "
                + "search with the model that made the index, or run 'lore index --full'",
            ErrorCategory.incompatible
        ),
        (
            .notFinite(text: "the query's embedding"),
            "the query's embedding is not a vector: one of its numbers is infinite or not a number; "
                + "run 'lore index --full' to embed the notes anew",
            .corruptData
        ),
        (
            .noVector(row: 17),
            "the index has codes of row 17, but no vector; "
                + "delete that file: it is made again from the index",
            .corruptData
        ),
        (
            .foreignCodes,
            "the file of codes holds something else; "
                + "delete that file: it is made again from the index",
            .corruptData
        ),
        (
            .codesOfVersion(2),
            "the file of codes is of version 2, this lore reads version 1; "
                + "delete that file: it is made again from the index",
            .incompatible
        ),
        (
            .truncatedCodes(bytes: 100, expected: 128),
            "the file of codes has 100 bytes where 128 are expected; "
                + "delete that file: it is made again from the index",
            .corruptData
        ),
    ])
    func `an error says what failed and what to do`(
        _ error: SearchError, _ words: String, _ category: ErrorCategory
    ) {
        #expect(error.description == words)
        #expect(error.category == category)
    }
}
