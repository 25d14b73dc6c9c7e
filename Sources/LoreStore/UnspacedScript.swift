/// The characters of scripts that do not put spaces between words.
enum UnspacedScript {
    /// The bytes of the unspaced character that starts at `index`, or 0 where another starts.
    static func characterLength(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let lead = bytes[index]
        guard lead >= 0xE0, lead <= 0xF0 else { return 0 }
        let length = lead == 0xF0 ? 4 : 3
        guard index + length <= bytes.count else { return 0 }
        var value = UInt32(lead) & (lead == 0xF0 ? 0x07 : 0x0F)
        for offset in 1..<length {
            let byte = bytes[index + offset]
            guard byte & 0xC0 == 0x80 else { return 0 }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        return contains(value) ? length : 0
    }

    /// Whether `scalar` is an ideograph, a kana, a bopomofo or a hangul letter, or a letter or sign of
    /// Thai, Lao, Burmese or Khmer.
    private static func contains(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x0E01...0x0E3A, 0x0E40...0x0E4E, 0x0E81...0x0EBD, 0x0EC0...0x0ECE: true  // Thai, Lao
        case 0x1000...0x103F, 0x1050...0x108F, 0x1780...0x17D3: true  // Burmese, Khmer
        case 0x1100...0x11FF, 0x3130...0x318F, 0xA960...0xA97F, 0xAC00...0xD7FF: true  // hangul
        case 0x3005...0x3007, 0x3021...0x3029: true  // 々 〆 〇 and numerals
        case 0x3041...0x3096, 0x309D...0x309F, 0x30A1...0x30FA, 0x30FC...0x30FF: true  // kana
        case 0x3105...0x312F, 0x31A0...0x31BF, 0x31F0...0x31FF, 0xFF66...0xFF9D: true
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF: true  // ideographs
        case 0x20000...0x3FFFF: true
        default: false
        }
    }
}
