import Testing

@testable import Lore

@Suite struct PassageTextTests {
    private func isSubstantial(_ text: String) -> Bool {
        Array(text.utf8).withUnsafeBufferPointer(PassageText.isSubstantial)
    }

    @Test func `forty bytes of letters and digits make a passage, marks and spaces do not count`() {
        #expect(!isSubstantial(String(repeating: "a", count: 39)))
        #expect(isSubstantial(String(repeating: "Z9", count: 20)))
        #expect(!isSubstantial(String(repeating: "- [ ] *a*\n", count: 39)))
        #expect(isSubstantial(String(repeating: "- [ ] *a*\n", count: 40)))
        #expect(!isSubstantial(String(repeating: "@[`{/:", count: 100)))
        #expect(!isSubstantial(String(repeating: "猫", count: 13)))
        #expect(isSubstantial(String(repeating: "猫", count: 14)))
        #expect(!isSubstantial(""))
    }

    @Test func `white space counts as one space, and none around the text`() {
        #expect(
            PassageText.normalized(Array("\r\n a\t\tb  c\r\nd \n".utf8)) == Array("a b c d".utf8))
        #expect(PassageText.normalized(Array(" \n".utf8)).isEmpty)
    }
}
