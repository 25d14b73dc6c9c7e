/// What the reference tokenizer does to each scalar, found by one look for most.
struct ScalarClasses: Sendable {
    struct Traits: OptionSet, Sendable {
        let rawValue: UInt8

        static let dropped = Traits(rawValue: 1)
        static let cleanedSpace = Traits(rawValue: 2)
        static let space = Traits(rawValue: 4)
        static let punctuation = Traits(rawValue: 8)
        static let ideograph = Traits(rawValue: 16)
        static let mark = Traits(rawValue: 32)
        static let decomposes = Traits(rawValue: 64)
        static let hasLowercase = Traits(rawValue: 128)
    }

    static let shared = ScalarClasses()

    private static let rangeTables: [(Traits, [UInt32])] = [
        (.dropped, BertTables.dropped), (.cleanedSpace, BertTables.cleanedSpaces),
        (.space, BertTables.spaces), (.punctuation, BertTables.punctuation),
        (.ideograph, BertTables.ideographs), (.mark, BertTables.marks),
    ]

    private static let mappingTables: [(Traits, [UInt32])] = [
        (.decomposes, BertTables.decompositions), (.hasLowercase, BertTables.lowercase),
    ]

    private static let hangul: ClosedRange<UInt32> = 0xAC00...0xD7A3

    /// Of the scalars below U+10000; the rest are rare enough to be searched for.
    private let basic: [UInt8]

    private init() {
        basic = [UInt8](unsafeUninitializedCapacity: 0x10000) { traits, count in
            traits.initialize(repeating: 0)
            for (trait, ranges) in Self.rangeTables {
                for index in stride(from: 0, to: ranges.count, by: 2) where ranges[index] < 0x10000
                {
                    let last = min(ranges[index + 1], 0xFFFF)
                    for scalar in ranges[index]...last { traits[Int(scalar)] |= trait.rawValue }
                }
            }
            for (trait, mapping) in Self.mappingTables {
                for index in stride(from: 0, to: mapping.count, by: 4)
                where mapping[index] < 0x10000 {
                    traits[Int(mapping[index])] |= trait.rawValue
                }
            }
            count = 0x10000
        }
    }

    func traits(of scalar: UInt32) -> Traits {
        scalar < 0x10000
            ? Traits(rawValue: basic[Int(scalar)]) : Self.supplementaryTraits(of: scalar)
    }

    private static func supplementaryTraits(of scalar: UInt32) -> Traits {
        var traits: Traits = []
        for (trait, ranges) in rangeTables {
            let index = lastIndex(in: ranges, step: 2, notAbove: scalar)
            if let index, ranges[index + 1] >= scalar { traits.insert(trait) }
        }
        for (trait, mapping) in mappingTables where row(of: scalar, in: mapping) != nil {
            traits.insert(trait)
        }
        return traits
    }

    /// Calls `body` with what `scalar` becomes without accents, and Hangul as its letters.
    static func decompose(_ scalar: UInt32, _ body: (UInt32) -> Void) {
        if hangul.contains(scalar) {
            let index = scalar - hangul.lowerBound
            body(0x1100 + index / 588)
            body(0x1161 + index % 588 / 28)
            if index % 28 != 0 { body(0x11A7 + index % 28) }
        } else {
            replace(scalar, by: BertTables.decompositions, body)
        }
    }

    /// Calls `body` with the lower case of `scalar`.
    static func lowercase(_ scalar: UInt32, _ body: (UInt32) -> Void) {
        replace(scalar, by: BertTables.lowercase, body)
    }

    private static func replace(
        _ scalar: UInt32, by mapping: [UInt32], _ body: (UInt32) -> Void
    ) {
        guard let row = row(of: scalar, in: mapping) else { return body(scalar) }
        for replacement in mapping[row + 1..<row + 4] where replacement != 0 { body(replacement) }
    }

    private static func row(of scalar: UInt32, in mapping: [UInt32]) -> Int? {
        let index = lastIndex(in: mapping, step: 4, notAbove: scalar)
        return index.flatMap { mapping[$0] == scalar ? $0 : nil }
    }

    /// The start of the last row, of `step` numbers, whose first is at most `scalar`.
    private static func lastIndex(
        in table: [UInt32], step: Int, notAbove scalar: UInt32
    ) -> Int? {
        var low = 0
        var high = table.count / step
        while low < high {
            let middle = (low + high) / 2
            if table[middle * step] <= scalar { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : (low - 1) * step
    }
}
