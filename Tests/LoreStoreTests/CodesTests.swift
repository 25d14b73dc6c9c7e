import GRDB
import LoreCore
import LoreStore
import Testing

@Suite struct CodesTests {
    /// A note of `count` texts, each embedded.
    private func store(texts count: Int) throws -> TestStore {
        let test = try TestStore()
        try test.write("a.md", (0..<count).map { ([], "text \($0)") })
        try test.embedAll()
        return test
    }

    /// Stands for codes: the rows of the texts, a byte each.
    private func code(_ test: TestStore, fullBlocksOnly: Bool = false) throws {
        try test.store.codeVectors(fullBlocksOnly: fullBlocksOnly) { vectors in
            #expect(vectors.values.count == 3 * vectors.texts.count)
            return vectors.texts.map { UInt8(truncatingIfNeeded: $0) }
        }
    }

    /// The bytes of the blocks, in their order.
    private func blocks(_ test: TestStore) throws -> [[UInt8]] {
        try test.store.read { reader in
            var buffers: [UnsafeMutableRawBufferPointer] = []
            defer { buffers.forEach { $0.deallocate() } }
            let blocks = try reader.codeBlocks(of: testFingerprint())
            try reader.readCodes(in: blocks) { count in
                buffers.append(.allocate(byteCount: count, alignment: 64))
                return buffers[buffers.count - 1]
            }
            return buffers.map { Array($0) }
        }
    }

    private func uncoded(_ test: TestStore) throws -> Int {
        try test.store.read { try $0.uncodedVectors(of: testFingerprint()).texts.count }
    }

    @Test func `512 vectors fill a block, the rest waits or makes a smaller one`() throws {
        let test = try store(texts: 600)
        #expect(try uncoded(test) == 600)

        try code(test, fullBlocksOnly: true)
        #expect(try blocks(test).map(\.count) == [512])
        #expect(try uncoded(test) == 88)

        try code(test)
        #expect(try blocks(test).map(\.count) == [512, 88])
        #expect(try blocks(test)[0] == (1...512).map { UInt8(truncatingIfNeeded: $0) })
        #expect(try uncoded(test) == 0)
    }

    @Test func `with a text goes the block that holds its code`() throws {
        let test = try store(texts: 3)
        try code(test)

        try test.write("a.md", "text 0", "text 2")

        #expect(try blocks(test).isEmpty)
        #expect(try test.count("code_blocks") == 0)
        #expect(try uncoded(test) == 2)
        #expect(try test.count("vector_codes") == 2)
    }

    @Test func `small blocks are coded anew with what is new, large ones stay`() throws {
        let test = try store(texts: 512)
        try code(test)
        for note in 0..<4 {
            try test.write("\(note).md", "new \(note)")
            try test.embedAll()
            try code(test)
        }

        #expect(try blocks(test).map(\.count) == [512, 4])
    }

    @Test func `a vector that is saved again is coded again`() throws {
        let test = try store(texts: 2)
        try code(test)
        let texts = try test.store.read { reader in
            try reader.pendingTexts(for: testFingerprint(model: "other"), limit: 1)
        }

        try test.store.save(
            testBatch(of: texts, testFingerprint()), of: texts, madeBy: testFingerprint())

        #expect(try blocks(test).isEmpty)
        #expect(try uncoded(test) == 2)
    }

    @Test func `vectors of two makings never share a block`() throws {
        let test = try store(texts: 2)
        try test.embedAll(testFingerprint(model: "other"))

        try code(test)

        #expect(try test.count("code_blocks") == 2)
        #expect(try blocks(test) == [[1, 2]])
        try test.store.removeVectors(of: testFingerprint(model: "other"))
        #expect(try blocks(test) == [[1, 2]])
        #expect(try test.count("code_blocks") == 1)
    }

    @Test func `mending forgets the codes, which the next run makes again`() throws {
        let test = try store(texts: 2)
        try code(test)
        try test.store.write { try $0.execute(sql: "UPDATE code_blocks SET codes = x'FF'") }

        // The vectors of these tests are not of unit length: they go too.
        _ = try test.store.mend()

        #expect(try test.count("code_blocks") == 0)
        try test.embedAll()
        try code(test)
        #expect(try blocks(test) == [[1, 2]])
    }

    @Test func `texts and chunks lead to each other`() throws {
        let test = try TestStore()
        try test.write("a.md", "one", "two")
        try test.write("b.md", "one")
        let rows = try ["a.md", "b.md"].flatMap { try test.chunks(of: $0) }.map(\.row)

        let texts = try test.store.read { try $0.texts(ofChunks: rows + [99]) }
        let chunks = try test.store.read { try $0.chunks(ofTexts: [2, 1, 7]) }
        #expect(texts == [1, 2, 1, nil])
        #expect(chunks == [[rows[1]], [rows[0], rows[2]], []])
    }
}
