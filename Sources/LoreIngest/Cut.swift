/// A place at which a block that is too long may be cut.
enum Cut: Hashable, Sendable {
    /// Before an item of a list: the offsets at which items start.
    case items([Int])
    case blankLines
    case lines
    case sentences

    /// The end of the first part of `range`: its upper bound where there is no place to cut.
    func next(_ text: TextBytes, in range: Range<Int>) -> Int {
        switch self {
        case .items(let starts): firstStart(starts, after: range.lowerBound) ?? range.upperBound
        case .blankLines: afterBlankLine(text, range)
        case .lines: text.lineEnd(from: range.lowerBound, limit: range.upperBound)
        case .sentences: SentenceEnd.next(text, in: range)
        }
    }

    private func firstStart(_ starts: [Int], after offset: Int) -> Int? {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return low < starts.count ? starts[low] : nil
    }

    private func afterBlankLine(_ text: TextBytes, _ range: Range<Int>) -> Int {
        var line = range.lowerBound
        while line < range.upperBound {
            let next = text.lineEnd(from: line, limit: range.upperBound)
            if line > range.lowerBound, text.firstNonBlank(in: line..<next) == next { return next }
            line = next
        }
        return range.upperBound
    }
}

extension Block {
    /// Where the block may be cut, the best places first.
    var cuts: [Cut] {
        switch kind {
        case .code: items + [.blankLines, .lines]
        case .table: items + [.lines]
        case .list: items + [.sentences]
        case .heading, .paragraph, .quote, .html, .rule: [.sentences]
        }
    }

    private var items: [Cut] { itemStarts.isEmpty ? [] : [.items(itemStarts)] }
}
