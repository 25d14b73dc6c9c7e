/// Reads a filter: `OR` binds least, then what stands side by side, then `-`.
struct FilterParser {
    private let text: String
    private let tokens: [FilterToken]
    private var position = 0
    private var depth = 0

    /// A filter is typed by a person or built by a program from a few names.
    private static let maxBytes = 4_096
    /// Groups within groups: each takes stack.
    private static let maxDepth = 64

    init(_ text: String) throws(FilterError) {
        self.text = text
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.maxBytes else {
            // The text itself would be no help.
            throw FilterError(mistake: .tooLong(limit: Self.maxBytes), filter: "", place: 0..<0)
        }
        var scanner = FilterScanner(bytes)
        tokens = scanner.tokens()
        if let quote = scanner.openQuote { throw mistake(.openQuote, quote..<quote + 1) }
    }

    /// The whole filter.
    mutating func filter() throws(FilterError) -> FilterNode {
        guard !tokens.isEmpty else { throw FilterError(mistake: .empty, filter: "", place: 0..<0) }
        let node = try any(after: nil)
        if let rest = current { throw mistake(.strayParenthesis, rest.range) }
        return node
    }

    private var current: FilterToken? { position < tokens.count ? tokens[position] : nil }

    private mutating func any(after operator: FilterToken?) throws(FilterError) -> FilterNode {
        var nodes = [try all(after: `operator`)]
        while let token = current, token.kind == .or {
            position += 1
            nodes.append(try all(after: token))
        }
        return nodes.count == 1 ? nodes[0] : .any(nodes)
    }

    private mutating func all(after operator: FilterToken?) throws(FilterError) -> FilterNode {
        var nodes = [try negatable(after: `operator`)]
        while let token = current {
            switch token.kind {
            case .and:
                position += 1
                nodes.append(try negatable(after: token))
            case .or, .close: return nodes.count == 1 ? nodes[0] : .all(nodes)
            default: nodes.append(try negatable(after: nil))
            }
        }
        return nodes.count == 1 ? nodes[0] : .all(nodes)
    }

    private mutating func negatable(after operator: FilterToken?) throws(FilterError) -> FilterNode
    {
        var isNegated = false
        var before = `operator`
        while let token = current, token.kind == .not {
            isNegated.toggle()
            before = token
            position += 1
        }
        let node = try primary(after: before)
        return isNegated ? .not(node) : node
    }

    private mutating func primary(after operator: FilterToken?) throws(FilterError) -> FilterNode {
        guard let token = current else {
            if let `operator` { throw nothingAfter(`operator`) }
            throw mistake(.openParenthesis, text.utf8.count..<text.utf8.count)
        }
        position += 1
        switch token.kind {
        case .open: return try group(token)
        case .term(let field, let value):
            return .term(try FilterTerm(field, value, token, in: text))
        case .word(let word): throw mistake(.noField(word: word), token.range)
        case .and, .or, .close, .not:
            if let `operator` { throw nothingAfter(`operator`) }
            if token.kind == .close { throw mistake(.strayParenthesis, token.range) }
            throw mistake(.nothingBefore(operator: words(token)), token.range)
        }
    }

    private mutating func group(_ open: FilterToken) throws(FilterError) -> FilterNode {
        guard let next = current else { throw mistake(.openParenthesis, open.range) }
        guard next.kind != .close else {
            throw mistake(.emptyParentheses, open.range.lowerBound..<next.range.upperBound)
        }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maxDepth else {
            throw mistake(.tooDeep(limit: Self.maxDepth), open.range)
        }
        let node = try any(after: nil)
        guard let close = current, close.kind == .close else {
            throw mistake(.openParenthesis, open.range)
        }
        position += 1
        return node
    }

    private func nothingAfter(_ token: FilterToken) -> FilterError {
        mistake(.nothingAfter(operator: words(token)), token.range)
    }

    private func words(_ token: FilterToken) -> String {
        String(decoding: Array(text.utf8)[token.range], as: UTF8.self)
    }

    private func mistake(_ mistake: FilterError.Mistake, _ place: Range<Int>) -> FilterError {
        FilterError(mistake: mistake, filter: text, place: place)
    }
}
