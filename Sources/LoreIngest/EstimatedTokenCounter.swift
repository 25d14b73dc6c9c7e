import LoreCore

/// Estimates how many word pieces a BERT vocabulary makes of a text, where no model is installed.
///
/// Counted high rather than low, so that a chunk cut by the estimate fits a model installed later:
/// - a word of Latin letters has one piece for each five letters begun (accents are stripped, so a
///   letter with one counts as one),
/// - digits have one piece for each two begun,
/// - every punctuation mark, symbol, and letter of another script has one, a Korean syllable three
///   (it is taken apart into its letters).
///
/// Counts of texts parted by white space add up.
package struct EstimatedTokenCounter: TokenCounter {
    package init() {}

    package var name: String { "estimate-1" }

    package func countTokens(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        var letters = 0
        var digits = 0
        for byte in text {
            switch classes[Int(byte)] {
            case letter: letters += 1
            case digit: digits += 1
            case continuation: break
            case let pieces:
                count += (letters + 4) / 5 + (digits + 1) / 2 + Int(pieces)
                letters = 0
                digits = 0
            }
        }
        return count + (letters + 4) / 5 + (digits + 1) / 2
    }
}

/// What a byte is: one of the three below, or the number of pieces that it is by itself.
private let classes: [UInt8] = (0...255).map { (byte: UInt8) in
    switch byte {
    case 0x30...0x39: digit
    case 0x41...0x5A, 0x61...0x7A, 0xC3...0xC5: letter
    case 0x80...0xBF: continuation
    case 0x00...0x20, 0x7F: 0
    case 0xEA...0xED: 3
    default: 1
    }
}

private let letter: UInt8 = 255
private let digit: UInt8 = 254
private let continuation: UInt8 = 253
