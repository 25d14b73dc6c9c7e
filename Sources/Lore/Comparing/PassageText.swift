/// The bytes of a passage as far as they tell one from another.
enum PassageText {
    /// Bytes of letters and digits from which on a passage can be a duplicate.
    ///
    /// About seven English words, or fourteen Chinese characters. Shorter ones are headings, dates
    /// and list marks.
    static let leastBytes = 40

    /// Whether `text` is long enough to be a duplicate.
    static func isSubstantial(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var count = 0
        for byte in text where isWord(byte) {
            count += 1
            if count == leastBytes { return true }
        }
        return false
    }

    /// `text` with each run of white space as one space, and none around it.
    static func normalized(_ text: some Collection<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var isPending = false
        for byte in text {
            if byte == 0x20 || (0x09...0x0D).contains(byte) {
                isPending = !bytes.isEmpty
            } else {
                if isPending { bytes.append(0x20) }
                isPending = false
                bytes.append(byte)
            }
        }
        return bytes
    }

    /// ASCII letters and digits, and every byte of other characters.
    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }
}
