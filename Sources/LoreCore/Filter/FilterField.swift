/// What a term of a filter can ask about.
enum FilterField: String, CaseIterable, Sendable {
    case tag
    case path
    case folder
    case file
    case type
    case ext
    case title
    case alias
    case after
    case since
    case before
    case until
    case on
    case date

    static let names = allCases.map(\.rawValue)

    var isDate: Bool {
        switch self {
        case .after, .since, .before, .until, .on, .date: true
        default: false
        }
    }
}

/// What a part of a filter asks of a note; texts are folded.
enum FilterTerm: Hashable, Sendable {
    /// A tag, or one that it is nested in.
    case tag(Wildcard)
    /// How a path starts, or a pattern for it or for a folder on its way.
    case path(Wildcard)
    /// A folder on the way, the registered one included.
    case folder(Wildcard)
    /// A part of the file's name, or a pattern for all of it.
    case file(Wildcard)
    /// A format by one of its names, or the end of the file's name.
    case type(formats: [DocumentFormat], ending: [UInt8])
    case ending([UInt8])
    /// A part of the title.
    case title([UInt8])
    /// A part of another name of the note.
    case alias([UInt8])
    case date(FilterPeriod)
}

/// The parts of a filter and how they go together.
indirect enum FilterNode: Hashable, Sendable {
    case all([FilterNode])
    case any([FilterNode])
    case not(FilterNode)
    case term(FilterTerm)
}
