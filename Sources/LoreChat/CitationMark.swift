/// A citation as a model writes it: `[1]`, `[1, 3]`, `[1-3]`, `[[1]]`, `[^1]`, `[passage 1]`, `【1】`,
/// `【1†source】`.
enum CitationMark {
    /// What the first characters of a text say.
    enum Reading: Equatable {
        /// More must come before it is known.
        case open
        /// They are a mark that names these passages.
        case mark([ClosedRange<Int>])
        case text
    }

    /// A mark is not longer than this.
    static let longest = 64
    private static let labels = ["passages", "passage", "sources", "source"]

    /// Reads `scalars`, of which the first is an opening bracket.
    static func read(_ scalars: [Unicode.Scalar]) -> Reading {
        guard scalars.count <= longest else { return .text }
        var reader = Reader(scalars: scalars)
        do {
            return .mark(try reader.mark())
        } catch {
            return error == .end ? .open : .text
        }
    }

    static func opens(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "[" || scalar == "【" || scalar == "［"
    }

    private enum Failure: Error { case end, foreign }

    private struct Reader {
        let scalars: [Unicode.Scalar]
        var index = 0

        mutating func mark() throws(Failure) -> [ClosedRange<Int>] {
            index = 1
            let isDouble = try next() == scalars[0]
            if isDouble { index += 1 }
            var ranges: [ClosedRange<Int>] = []
            repeat {
                try skipLabel()
                ranges.append(try range())
                try skip { CitationMark.isGap($0) || $0 == "," || $0 == ";" || $0 == "&" }
            } while try !CitationMark.endsNumbers(next())
            try skip { !CitationMark.closes($0) }
            index += 1
            if isDouble {
                guard try CitationMark.closes(next()) else { throw .foreign }
                index += 1
            }
            return ranges
        }

        private mutating func range() throws(Failure) -> ClosedRange<Int> {
            let first = try number()
            try skip(CitationMark.isGap)
            // `4:0†source`: the part behind the colon is the mark's own count.
            if try next() == ":" {
                index += 1
                _ = try number()
            }
            guard try ["-", "–", "—"].contains(next()) else { return first...first }
            index += 1
            try skip(CitationMark.isGap)
            let last = try number()
            return min(first, last)...max(first, last)
        }

        private mutating func number() throws(Failure) -> Int {
            guard try CitationMark.isDigit(next()) else { throw .foreign }
            var value = 0
            while try CitationMark.isDigit(next()) {
                // More than any passage has; what follows changes nothing.
                value = min(value * 10 + Int(scalars[index].value - 48), 1_000_000)
                index += 1
            }
            return value
        }

        private mutating func skipLabel() throws(Failure) {
            try skip { CitationMark.isGap($0) || $0 == "^" }
            let start = index
            while try next().properties.isAlphabetic { index += 1 }
            guard index > start else { return }
            let word = String(String.UnicodeScalarView(scalars[start..<index])).lowercased()
            guard CitationMark.labels.contains(word) else { throw .foreign }
            try skip { CitationMark.isGap($0) || $0 == "#" }
        }

        private mutating func skip(
            _ isSkipped: (Unicode.Scalar) -> Bool
        ) throws(Failure) {
            while try isSkipped(next()) { index += 1 }
        }

        private func next() throws(Failure) -> Unicode.Scalar {
            guard index < scalars.count else { throw .end }
            return scalars[index]
        }
    }

    /// What follows a dagger up to the bracket is the mark's own remark.
    private static func endsNumbers(_ scalar: Unicode.Scalar) -> Bool {
        closes(scalar) || scalar == "†"
    }

    static func closes(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "]" || scalar == "】" || scalar == "］"
    }

    private static func isGap(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\u{A0}" || scalar == "\u{202F}"
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar >= "0" && scalar <= "9"
    }
}
