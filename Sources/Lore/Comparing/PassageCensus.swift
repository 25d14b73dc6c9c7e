import LoreCore
import LoreSearch
import LoreStore

/// The passages that can be duplicates, and which of them are equal.
///
/// Some tens of bytes a passage, whatever its length.
struct PassageCensus {
    /// Rows of texts that are long enough, in the order of their first chunk.
    private(set) var texts: [Int64] = []
    /// Chunks that say each.
    private(set) var uses: [Int32] = []
    /// Places of texts in `texts`.
    private(set) var places: [Int64: Int] = [:]
    /// Chunks that are too short.
    private(set) var passedOver = 0
    /// By the place of the first, passages that are equal but for white space, though their notes
    /// have other titles.
    private(set) var equals: [(Int, Int)] = []

    /// A chunk of each different passage, by the hash of its text, or the next free number.
    private var seen: [Int: (place: Int, chunk: Int64)] = [:]

    /// - Parameters:
    ///   - reader: The index at one moment.
    ///   - passing: Notes to look at; nil for all.
    ///   - check: Called now and then; what it throws ends the pass.
    /// - Throws: `StoreError`, and what `check` throws.
    init(
        _ reader: StoreReader, among passing: RowSet?, check: () throws -> Void
    ) throws {
        try reader.forEachChunkText { chunk, text, bytes in
            if chunk & 0xFF == 0 { try check() }
            guard passing?.contains(ChunkRow.document(of: chunk)) ?? true else { return }
            guard PassageText.isSubstantial(bytes) else { return passedOver += 1 }
            try count(chunk, text, bytes, reader)
        }
        seen = [:]
    }

    private mutating func count(
        _ chunk: Int64, _ text: Int64, _ bytes: UnsafeBufferPointer<UInt8>, _ reader: StoreReader
    ) throws {
        if let place = places[text] {
            uses[place] += 1
            return
        }
        let place = texts.count
        places[text] = place
        texts.append(text)
        uses.append(1)
        let normalized = PassageText.normalized(bytes)
        var key = normalized.hashValue
        while let other = seen[key] {
            let found = try reader.chunks(rows: [other.chunk]).first?.chunk.text ?? ""
            if PassageText.normalized(found.utf8) == normalized {
                equals.append((other.place, place))
                return
            }
            key &+= 1
        }
        seen[key] = (place, chunk)
    }
}
