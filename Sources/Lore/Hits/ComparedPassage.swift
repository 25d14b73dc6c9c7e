import LoreStore

/// A chunk, as far as it is compared with others.
struct ComparedPassage {
    let row: Int64
    /// From 0, in its note.
    let ordinal: Int
    /// Its text, with each run of white space as one space.
    let words: [UInt8]
    /// Nil where it has none, or where it is too short to be nearly a duplicate.
    let vector: [Float]?
}

/// Reads the chunks that are compared, each once.
final class PassageReading {
    let reader: StoreReader
    /// Nil where no model answers: then only equal passages are duplicates.
    private let vectors: StoredVectors?
    private var passages: [Int64: ComparedPassage] = [:]

    init(_ reader: StoreReader) throws {
        self.reader = reader
        vectors = try reader.activeFingerprint().map {
            StoredVectors(reader: reader, fingerprint: $0)
        }
    }

    var dimensions: Int { vectors?.fingerprint.dimensions ?? 0 }

    /// The passage in `row`; nil where there is none.
    func passage(in row: Int64) throws -> ComparedPassage? {
        if passages[row] == nil { try load([row]) }
        return passages[row]
    }

    /// Reads those of `rows` that were not read yet.
    func load(_ rows: [Int64]) throws {
        var texts: [Int64] = []
        var read: [(row: Int64, ordinal: Int, words: [UInt8])] = []
        try reader.forEachChunkText(of: rows.filter { passages[$0] == nil }) {
            row, ordinal, text, bytes in
            read.append((row, ordinal, PassageText.normalized(bytes)))
            // No text has row 0.
            texts.append(PassageText.isSubstantial(bytes) ? text : 0)
        }
        var found: [Int: [Float]] = [:]
        if let vectors {
            try reader.forEachVector(of: texts, madeBy: vectors.fingerprint) { found[$0] = $1 }
        }
        for (index, one) in read.enumerated() {
            passages[one.row] = ComparedPassage(
                row: one.row, ordinal: one.ordinal, words: one.words, vector: found[index])
        }
    }
}
