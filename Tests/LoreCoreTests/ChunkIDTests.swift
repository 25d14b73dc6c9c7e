import LoreCore
import Testing

@Suite struct ChunkIDTests {
    @Test func `an id is written as sixteen hexadecimal digits and read back`() {
        let id = ChunkID(rawValue: 0xab)

        #expect(id.description == "00000000000000ab")
        #expect(ChunkID(id.description) == id)
    }

    @Test(arguments: ["", "ab", "00000000000000ag", "00000000000000ab0", "+0000000000000ab"])
    func `anything but sixteen hexadecimal digits is no id`(text: String) {
        #expect(ChunkID(text) == nil)
    }
}
