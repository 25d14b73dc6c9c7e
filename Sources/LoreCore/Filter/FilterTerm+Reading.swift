extension FilterTerm {
    /// The term that `token` of the filter `text` spells.
    init(
        _ name: String, _ value: FilterValue, _ token: FilterToken, in text: String
    ) throws(FilterError) {
        let nameRange = token.range.lowerBound..<token.range.lowerBound + name.utf8.count
        guard let field = FilterField(rawValue: name.lowercased()) else {
            let nearest = nearestName(to: name.lowercased(), among: FilterField.names)
            throw FilterError(
                mistake: .unknownField(name: name, nearest: name.isEmpty ? nil : nearest),
                filter: text,
                place: name.isEmpty ? nameRange.lowerBound..<nameRange.upperBound + 1 : nameRange)
        }
        let meant = value.withoutHabits(of: field)
        guard meant.bytes.contains(where: { $0 != 0x20 }) else {
            throw FilterError(
                mistake: .noValue(field: field.rawValue), filter: text, place: token.range)
        }
        if case .bare(let bytes) = value.pieces[0], bytes.first == UInt8(ascii: "(") {
            throw FilterError(
                mistake: .groupedValue(field: field.rawValue), filter: text, place: token.range)
        }
        if field.isDate {
            self = .date(try FilterPeriod(field, value, token, in: text))
        } else {
            self = Self.term(field, meant)
        }
    }

    private static func term(_ field: FilterField, _ value: FilterValue) -> FilterTerm {
        switch field {
        case .tag: .tag(value.wildcard.droppingSlash)
        case .path: .path(value.wildcard.inAnyFolderWithoutSlash)
        case .folder: .folder(value.wildcard.droppingSlash.anywhere())
        case .file: .file(value.wildcard)
        case .type: type(folded(value.bytes))
        case .ext: .ending(folded(value.bytes))
        case .title: .title(folded(value.bytes))
        case .alias: .alias(folded(value.bytes))
        case .after, .since, .before, .until, .on, .date:
            preconditionFailure("\(field) is read as a period")
        }
    }

    /// Names of formats that are not their own.
    private static let otherNames: [String: [DocumentFormat]] = [
        "md": [.markdown], "mdown": [.markdown], "mkd": [.markdown], "txt": [.plainText],
        "plain": [.plainText], "htm": [.html], "xhtml": [.html], "web": [.html],
        "adoc": [.asciiDoc], "asc": [.asciiDoc], "source": [.sourceCode], "tab": [.tsv],
        "ndjson": [.jsonLines], "notebook": [.notebook], "jupyter": [.notebook],
        "mail": [.email, .mailbox], "email": [.email, .mailbox],
        "subtitles": [.subRip, .webVTT], "transcript": [.subRip, .webVTT], "word": [.word],
    ]

    private static func type(_ name: [UInt8]) -> FilterTerm {
        let text = String(decoding: name, as: UTF8.self)
        let own = DocumentFormat(rawValue: text).map { [$0] }
        return .type(formats: own ?? otherNames[text] ?? [], ending: name)
    }
}

extension FilterValue {
    /// The value without what stands in front of it by habit: the hash of a tag, the root of a path,
    /// the dot of an ending.
    fileprivate func withoutHabits(of field: FilterField) -> FilterValue {
        switch field {
        case .tag: dropping(prefix: "#")
        case .folder: dropping(prefix: "./").dropping(prefix: "/")
        // The root alone is all notes.
        case .path where bytes.count > 1: dropping(prefix: "./").dropping(prefix: "/")
        case .type, .ext: dropping(prefix: ".")
        default: self
        }
    }
}

extension Wildcard {
    /// As in `.gitignore`: a pattern without a slash fits in any folder.
    fileprivate var inAnyFolderWithoutSlash: Wildcard {
        if tokens == [.byte(slash)] { return Wildcard(literal: []) }
        return isPattern && !hasSlash ? anywhere() : self
    }

    /// The pattern without a slash at its end.
    fileprivate var droppingSlash: Wildcard {
        tokens.last == .byte(slash) && tokens.count > 1 ? Wildcard(tokens.dropLast()) : self
    }
}

extension FilterPeriod {
    /// The period that `token` of the filter `text` spells.
    fileprivate init(
        _ field: FilterField, _ value: FilterValue, _ token: FilterToken, in text: String
    ) throws(FilterError) {
        let mistake = { (mistake: FilterError.Mistake) in
            let start = token.range.lowerBound + field.rawValue.utf8.count + 1
            return FilterError(
                mistake: mistake, filter: text, place: start..<token.range.upperBound)
        }
        let bytes = value.bytes
        if field == .date, let dots = bytes.firstRange(of: Array("..".utf8)) {
            let (start, end) = (bytes[..<dots.lowerBound], bytes[dots.upperBound...])
            let (from, until) = (FilterDate(Array(start)), FilterDate(Array(end)))
            guard from != nil || start.isEmpty, until != nil || end.isEmpty,
                !start.isEmpty || !end.isEmpty
            else { throw mistake(.noDate(value: value.text)) }
            self.init(
                from: from.map { Bound(date: $0, edge: .start) },
                until: until.map { Bound(date: $0, edge: .end) })
            if isBackwards { throw mistake(.backwards(value: value.text)) }
            return
        }
        guard let date = FilterDate(bytes) else { throw mistake(.noDate(value: value.text)) }
        let (start, end) = (Bound(date: date, edge: .start), Bound(date: date, edge: .end))
        switch field {
        case .after, .since: self.init(from: start, until: nil)
        case .before: self.init(from: nil, until: start)
        case .until: self.init(from: nil, until: end)
        default: self.init(from: start, until: end)
        }
    }

    /// Whether the end lies before the start on any day that is today.
    private var isBackwards: Bool {
        guard case .period(let from, _) = from?.date, case .period(_, let until) = until?.date
        else { return false }
        return until <= from
    }
}
