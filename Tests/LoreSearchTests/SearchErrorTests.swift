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
    ])
    func `an error says what failed and what to do`(
        _ error: SearchError, _ words: String, _ category: ErrorCategory
    ) {
        #expect(error.description == words)
        #expect(error.category == category)
    }
}
