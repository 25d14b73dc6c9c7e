/// The pieces of a WordPiece vocabulary and their ids, found by bytes.
///
/// An open-addressing table over one run of bytes: 30,000 pieces load in about two milliseconds.
struct Vocabulary: Sendable {
    private var arena: [UInt8] = []
    private var starts: [UInt32] = [0]
    private var ids: [Int32] = []
    /// Upper half: of the hash; lower half: the piece's place plus one, 0 where the slot is free.
    private var slots: [UInt64] = []
    private(set) var longestPiece = 0
    /// Differs between vocabularies that differ.
    private(set) var digest: UInt64 = 0

    var count: Int { ids.count }
    var largestID: Int32 { ids.max() ?? -1 }

    /// Hashes bytes one at a time, and takes them back: the hashes of all prefixes of a word cost
    /// one pass in each direction, and no room.
    struct Hash {
        private var state: UInt64 = 0xCBF2_9CE4_8422_2325
        private static let prime: UInt64 = 0x100_0000_01B3
        /// Of `prime`, modulo 2⁶⁴.
        private static let inverse: UInt64 = 0xCE96_5057_AFF6_957B

        init() {}

        init(_ bytes: [UInt8]) { for byte in bytes { add(byte) } }

        mutating func add(_ byte: UInt8) {
            // FNV-1a.
            state = (state ^ UInt64(byte)) &* Self.prime
        }

        /// Takes back `byte`, which was added last.
        mutating func remove(_ byte: UInt8) { state = (state &* Self.inverse) ^ UInt64(byte) }

        var value: UInt64 { state ^ state >> 29 }
    }

    /// Reserves space for `bytes` bytes of pieces.
    init(reservingBytes bytes: Int) { arena.reserveCapacity(bytes) }

    /// Adds a piece: `write` appends its bytes and returns its id.
    ///
    /// Of equal pieces the first counts.
    mutating func append<Failure: Error>(
        _ write: (inout [UInt8]) throws(Failure) -> Int32
    ) throws(Failure) {
        let start = arena.count
        ids.append(try write(&arena))
        starts.append(UInt32(arena.count))
        longestPiece = max(longestPiece, arena.count - start)
    }

    /// Makes the table, once all pieces are there.
    mutating func finish() {
        var size = 64
        while size < 2 * count { size *= 2 }
        slots = [UInt64](repeating: 0, count: size)
        for place in 0..<count {
            var hash = Hash()
            for index in Int(starts[place])..<Int(starts[place + 1]) { hash.add(arena[index]) }
            insert(place, hash.value)
            digest =
                (digest ^ hash.value ^ UInt64(truncatingIfNeeded: ids[place])) &* 0x100_0000_01B3
        }
    }

    private mutating func insert(_ place: Int, _ hash: UInt64) {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(place + 1)
    }

    /// The longest piece that is `prefix` and then bytes of `word` from `start`, with its end.
    ///
    /// - Parameters:
    ///   - word: UTF-8
    ///   - start: where in `word` to begin
    ///   - prefix: what the piece starts with
    ///   - prefixHash: the hash of `prefix`
    /// - Returns: The piece's id and where in `word` it ends, or nil where there is none.
    func longestPiece(
        of word: UnsafeBufferPointer<UInt8>, from start: Int, after prefix: [UInt8],
        _ prefixHash: Hash
    ) -> (id: Int32, end: Int)? {
        let longest = min(word.count - start, longestPiece - prefix.count)
        guard longest > 0 else { return nil }
        var end = start + longest
        var hash = prefixHash
        for index in start..<end { hash.add(word[index]) }
        while end > start {
            let bytes = UnsafeBufferPointer(rebasing: word[start..<end])
            if let id = id(of: bytes, after: prefix, hash: hash.value) { return (id, end) }
            end -= 1
            hash.remove(word[end])
        }
        return nil
    }

    private func id(
        of bytes: UnsafeBufferPointer<UInt8>, after prefix: [UInt8], hash: UInt64
    ) -> Int32? {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let entry = slots[slot]
            if (entry ^ hash) >> 32 == 0 {
                let place = Int(entry & 0xFFFF_FFFF) - 1
                if isPiece(place, prefix, bytes) { return ids[place] }
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private func isPiece(
        _ place: Int, _ prefix: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let start = Int(starts[place])
        guard Int(starts[place + 1]) - start == prefix.count + bytes.count else { return false }
        for index in prefix.indices where arena[start + index] != prefix[index] { return false }
        let rest = start + prefix.count
        for index in bytes.indices where arena[rest + index] != bytes[index] { return false }
        return true
    }

    /// The id of `piece`.
    func id(of piece: String) -> Int32? {
        let bytes = Array(piece.utf8)
        let hash = Hash(bytes)
        return bytes.withUnsafeBufferPointer { id(of: $0, after: [], hash: hash.value) }
    }
}
