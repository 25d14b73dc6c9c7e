/// Passes a model's text on as it comes, with its citations in one form.
///
/// Each citation becomes `[n]`; numbers of no passage go, and the blank before them. What stands in
/// code is left alone: `list[1]` cites nothing. However the text is cut into pieces, what is shown is
/// the same.
package struct CitationStream: Sendable {
    /// A `[n]` of the shown text.
    package struct Mark: Hashable, Sendable {
        package let number: Int
        /// Where it begins in the shown text, in bytes of UTF-8.
        package let offset: Int
    }

    /// All that is shown so far.
    package private(set) var text = ""
    package private(set) var marks: [Mark] = []

    private var passages: Int
    /// Begins with a bracket or a back-tick of which it is not yet known what it is.
    private var undecided: [Unicode.Scalar] = []
    private var gap = Gap()
    /// The passages that the marks just before name.
    private var group: Set<Int> = []
    private var fence: CodeFence?
    private var isAtLineStart = true

    /// Citations of `passages` passages, numbered from 1.
    package init(passages: Int) { self.passages = passages }

    /// Lets the passages up to `count` be cited from now on.
    ///
    /// - Precondition: `count` is not below what it was.
    package mutating func grow(to count: Int) {
        precondition(count >= passages, "a passage that was given cannot be taken back")
        passages = count
    }

    /// Takes the next piece.
    ///
    /// - Returns: What is to be shown now; perhaps nothing.
    package mutating func read(_ piece: String) -> String {
        let start = text.utf8.count
        for scalar in piece.unicodeScalars { feed([scalar]) }
        return shown(since: start)
    }

    /// Takes the end of the text; a citation that was cut off is not shown.
    package mutating func finish() -> String {
        let start = text.utf8.count
        while let first = undecided.first {
            let rest = undecided
            undecided = []
            if first == "`" {
                decide(CodeSpan.read(rest + ["\n"], isAtLineStart: isAtLineStart), of: rest)
            } else if rest.contains(where: { ("0"..."9").contains($0) }) {
                gap.isAroundRemoval = true
            } else {
                decide(.text(length: 1), of: rest)
            }
        }
        show(gap.filling(before: nil, isAtLineStart: isAtLineStart))
        return shown(since: start)
    }

    private func shown(since start: Int) -> String {
        String(text[text.utf8.index(text.startIndex, offsetBy: start)...])
    }

    private mutating func feed(_ scalars: some Sequence<Unicode.Scalar>) {
        for scalar in scalars {
            if undecided.isEmpty {
                take(scalar)
            } else {
                undecided.append(scalar)
                decide()
            }
        }
    }

    private mutating func take(_ scalar: Unicode.Scalar) {
        if var open = fence {
            fence = open.isClosed(by: scalar) ? nil : open
            showNow(scalar)
        } else if scalar == "`" || CitationMark.opens(scalar) {
            undecided = [scalar]
        } else if scalar == " " || scalar == "\t" {
            gap.append(scalar)
        } else {
            showNow(scalar)
        }
    }

    private mutating func decide() {
        let scalars = undecided
        if scalars[0] == "`" {
            let reading = CodeSpan.read(scalars, isAtLineStart: isAtLineStart)
            guard reading != .open else { return }
            undecided = []
            decide(reading, of: scalars)
            return
        }
        switch CitationMark.read(scalars) {
        case .open: return
        case .text:
            undecided = []
            decide(.text(length: 1), of: scalars)
        case .mark(let ranges):
            undecided = []
            cite(ranges)
        }
    }

    private mutating func decide(_ reading: CodeSpan.Reading, of scalars: [Unicode.Scalar]) {
        switch reading {
        case .open: preconditionFailure("nothing is open at the end")
        case .code(let length), .text(let length), .fence(let length):
            for scalar in scalars.prefix(length) { showNow(scalar) }
            if case .fence = reading { fence = CodeFence(length: length) }
            feed(scalars.dropFirst(length))
        }
    }

    private mutating func cite(_ ranges: [ClosedRange<Int>]) {
        var numbers: [Int] = []
        for range in ranges where passages > 0 && range.overlaps(1...passages) {
            for number in range.clamped(to: 1...passages) where group.insert(number).inserted {
                numbers.append(number)
            }
        }
        guard !numbers.isEmpty else {
            gap.isAroundRemoval = true
            return
        }
        show(gap.filling(before: "[", isAtLineStart: isAtLineStart))
        for number in numbers {
            marks.append(Mark(number: number, offset: text.utf8.count))
            show("[\(number)]")
        }
    }

    /// Shows a character that belongs to no citation.
    private mutating func showNow(_ scalar: Unicode.Scalar) {
        show(blanks(before: scalar))
        group = []
        text.unicodeScalars.append(scalar)
        isAtLineStart = scalar == "\n"
    }

    /// The blanks to show before `scalar`, and within an open bracket dots for the citation that is gone:
    /// `[1[9], 2]` without its second mark must not become one of two.
    private mutating func blanks(before scalar: Unicode.Scalar) -> String {
        let isWithin = gap.isAroundRemoval && endsInOpenBracket
        return (isWithin ? "…" : "") + gap.filling(before: scalar, isAtLineStart: isAtLineStart)
    }

    /// Whether the shown text ends in a bracket that is open, no further back than a mark is long.
    private var endsInOpenBracket: Bool {
        let last = text.unicodeScalars.suffix(CitationMark.longest).last {
            CitationMark.opens($0) || CitationMark.closes($0)
        }
        return last.map(CitationMark.opens) ?? false
    }

    private mutating func show(_ piece: String) {
        guard !piece.isEmpty else { return }
        text += piece
        isAtLineStart = isAtLineStart && piece.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }
}

/// Blanks that are held back until it is known what follows them.
private struct Gap: Sendable {
    /// Whether a citation stood among the blanks and is gone.
    var isAroundRemoval = false
    private var before = ""
    private var after = ""

    mutating func append(_ blank: Unicode.Scalar) {
        if isAroundRemoval {
            after.unicodeScalars.append(blank)
        } else {
            before.unicodeScalars.append(blank)
        }
    }

    /// The blanks to show before `next`, or before the end where it is nil; then there are none.
    mutating func filling(before next: Unicode.Scalar?, isAtLineStart: Bool) -> String {
        defer { self = Gap() }
        guard isAroundRemoval, !isAtLineStart else { return before }
        guard let next, !closesUp(next) else { return "" }
        return before.isEmpty ? after : before
    }

    private func closesUp(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\n" || scalar == "\r" || ".,;:!?)]}»”’。、".unicodeScalars.contains(scalar)
    }
}

/// A block of code that a line of back-ticks closes.
private struct CodeFence: Sendable {
    let length: Int
    private var run = 0
    private var isLeading = false

    init(length: Int) { self.length = length }

    mutating func isClosed(by scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\n": (run, isLeading) = (0, true)
        case "`" where isLeading: run += 1
        case " " where isLeading && run == 0: break
        default: isLeading = false
        }
        return isLeading && run >= length
    }
}

/// Code within a line, or the beginning of a block of it.
enum CodeSpan {
    enum Reading: Equatable {
        /// More must come before it is known.
        case open
        /// The first characters are code, marks included.
        case code(length: Int)
        /// The first characters begin a block.
        case fence(length: Int)
        /// The first characters are text.
        case text(length: Int)
    }

    /// A span is not longer than this: who never closes one shall not hold the answer back.
    private static let longest = 400

    /// Reads `scalars`, of which the first is a back-tick.
    static func read(_ scalars: [Unicode.Scalar], isAtLineStart: Bool) -> Reading {
        let length = scalars.prefix { $0 == "`" }.count
        guard length < scalars.count else { return .open }
        if length >= 3, isAtLineStart { return .fence(length: length) }
        var run = 0
        for (index, scalar) in scalars.enumerated().dropFirst(length) {
            if scalar == "`" {
                run += 1
            } else if run == length {
                return .code(length: index)
            } else if scalar == "\n" {
                return .text(length: length)
            } else {
                run = 0
            }
        }
        return scalars.count > longest ? .text(length: length) : .open
    }
}
