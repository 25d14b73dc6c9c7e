import LoreCore
import LoreIngest
import Testing

@Suite struct EncodingTests {
    /// `# Tee für 李 🍵`, in each encoding with its mark.
    private static let scalars = Array("# Tee für 李 🍵\n".unicodeScalars)

    private static let utf16 = "# Tee für 李 🍵\n".utf16.map { $0 }

    private static let marked: [[UInt8]] = [
        [0xFF, 0xFE] + utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
        [0xFE, 0xFF] + utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] },
        [0xFF, 0xFE, 0, 0]
            + scalars.flatMap { scalar in (0..<4).map { UInt8(scalar.value >> ($0 * 8) & 0xFF) } },
        [0, 0, 0xFE, 0xFF]
            + scalars.flatMap { scalar in
                (0..<4).reversed().map { UInt8(scalar.value >> ($0 * 8) & 0xFF) }
            },
    ]

    @Test(arguments: marked)
    func `UTF-16 and UTF-32 with a byte-order mark are read as the UTF-8 they stand for`(
        bytes: [UInt8]
    ) throws {
        let read = try note(bytes, as: .markdown)
        #expect(read.string == "# Tee für 李 🍵\n")
        #expect(read.outline == ["h1 Tee für 李 🍵: # Tee für 李 🍵"])
        #expect(read.document.isConverted)
        #expect(read.document.contentHash == DocumentReader.hash(of: bytes))
    }

    @Test func `UTF-8 is not converted, with a mark or without`() throws {
        for mark in [[], [0xEF, 0xBB, 0xBF]] as [[UInt8]] {
            #expect(!(try note(mark + Array("é".utf8), as: .plainText).document.isConverted))
        }
    }

    @Test(
        arguments: [
            // Half a pair, a pair in the wrong order, half a unit.
            ([0xFF, 0xFE, 0x41, 0, 0x3D, 0xD8], "UTF-16LE", 4),
            ([0xFE, 0xFF, 0xDC, 0, 0xD8, 0], "UTF-16BE", 2),
            ([0xFF, 0xFE, 0x41, 0, 0x42], "UTF-16LE", 4),
            ([0, 0, 0xFE, 0xFF, 0, 0x11, 0, 0], "UTF-32BE", 4),
            ([0xFF, 0xFE, 0, 0, 0, 0xD8, 0, 0], "UTF-32LE", 4),
        ] as [([UInt8], String, Int)])
    func `a file that is not in the encoding of its mark is refused with the offset`(
        bytes: [UInt8], encoding: String, offset: Int
    ) {
        #expect(
            throws: IngestError.badEncoding(path: "n", encoding: encoding, byteOffset: offset)
        ) {
            try note(bytes, as: .plainText)
        }
    }

    @Test func `a NUL in the text makes a file binary in every encoding`() {
        #expect(throws: IngestError.binary(path: "n", byteOffset: 1)) {
            try note([0xFF, 0xFE, 0x41, 0, 0, 0, 0x42, 0], as: .plainText)
        }
    }

    @Test(
        arguments: [
            // "Müller trinkt Tee." and "“Müller trinkt”", one byte a character.
            ([0x4D, 0xFC] + Array("ller trinkt Tee.\n".utf8), "Latin-1"),
            ([0x93, 0x4D, 0xFC] + Array("ller trinkt".utf8) + [0x94], "Windows-1252"),
        ] as [([UInt8], String)])
    func `what looks like Latin-1 is refused by that name`(bytes: [UInt8], encoding: String) {
        #expect(throws: IngestError.looksLikeLatin1(path: "n", encoding: encoding)) {
            try note(bytes, as: .markdown)
        }
    }

    @Test(
        arguments: [
            // Cyrillic in KOI8-R: hardly any ASCII.
            [0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4, 0x20, 0xCD, 0xC9, 0xD2],
            // UTF-8 that breaks off in the middle, then goes on.
            Array("für Tee und mehr ".utf8) + [0xE6, 0x9D] + Array(" und für alle".utf8),
            // A control character among it.
            [0x4D, 0xFC, 0x6C, 0x6C, 0x65, 0x72, 0x02],
        ] as [[UInt8]])
    func `what looks like neither is refused as not UTF-8`(bytes: [UInt8]) {
        let offset = bytes.firstIndex { $0 >= 0x80 } ?? 0
        let first = bytes.starts(with: "für".utf8) ? 18 : offset
        #expect(throws: IngestError.notUTF8(path: "n", byteOffset: first)) {
            try note(bytes, as: .plainText)
        }
    }
}
