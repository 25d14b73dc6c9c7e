import LoreCore

extension StoreReader {
    /// The documents that hold all words of `text`, in any of their forms.
    ///
    /// The words are those of `lexicalMatches`, found in titles, headings and text; a word that no note
    /// holds has no substitutes. They need not stand in one chunk.
    ///
    /// - Parameter text: The user's own words; never syntax.
    /// - Returns: Nil where `text` has no word.
    /// - Throws: The errors of any read; never for what `text` says.
    /// - Complexity: O(*m*) for *m* chunks that hold a word.
    package func documents(holding text: String) throws -> RowSet? {
        let query = try LexicalQuery(text, in: database)
        guard !query.terms.isEmpty else { return nil }
        let found = try Postings.gather(query.terms.map(\.text), in: database)
        var sets = found.terms.map { postings in
            Set(postings.map { ChunkRow.document(of: $0.row) })
        }.sorted { $0.count < $1.count }
        let fewest = sets.removeFirst()
        var rows = RowSet()
        for row in fewest where sets.allSatisfy({ $0.contains(row) }) { rows.insert(row) }
        return rows
    }

    /// The rows of all documents, by folder and path.
    package func documentRows() throws -> [Int64] {
        let statement = try RawStatement(
            database,
            """
            SELECT documents.id FROM documents JOIN folders ON folders.id = documents.folder_id
            ORDER BY folders.name, documents.path
            """)
        var rows: [Int64] = []
        try statement.run { rows.append($0.integer(0)) }
        return rows
    }
}
