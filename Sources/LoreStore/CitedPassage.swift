package import LoreCore

/// A citation of a kept answer, with what was read of the note.
package struct CitedPassage: Hashable, Sendable {
    /// Its path is as it would be shown now.
    package let citation: Citation
    /// The note's path below its folder.
    package let path: String
    /// The chunk that the quote stood in, or all that was read where nothing is quoted; empty where that
    /// is not known.
    package let passage: String
}

extension Answer {
    /// What was read of the note that `citation` cites.
    func passage(of citation: Citation) -> String {
        let read = passages.filter { $0.folder == citation.folder && $0.path == citation.path }
        guard !citation.quote.isEmpty else {
            return read.first { $0.chunk.id == citation.chunkID }?.chunk.text ?? ""
        }
        let chunks = read.flatMap(\.parts).map(\.chunk)
            .filter { BytePattern(citation.quote.utf8).first(in: Array($0.text.utf8)) != nil }
        let own = chunks.first { $0.id == citation.chunkID }
        return (own ?? chunks.first)?.text ?? ""
    }
}
