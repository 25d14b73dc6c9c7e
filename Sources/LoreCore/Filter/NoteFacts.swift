/// What a filter looks at of a note; texts are folded UTF-8.
///
/// A part that no term asks about may stay empty: see `FilterMatcher.needs`.
package struct NoteFacts: Sendable {
    /// The name of the registered folder, a slash, and the path below that folder.
    private(set) var fullPath: [UInt8] = []
    private var pathStart = 0
    /// `DocumentFormat.rawValue`.
    package var format: [UInt8] = []
    package var title: [UInt8] = []
    package var tags: [[UInt8]] = []
    package var aliases: [[UInt8]] = []
    /// From the front matter.
    package var day: Day?
    /// Of the last change, since 1970 in UTC.
    package var modifiedNanoseconds: Int64 = 0

    package init() {}

    /// Says that the note lies at `path` below the registered folder of the name `folder`.
    package mutating func place(_ folder: [UInt8], _ path: [UInt8]) {
        fullPath.removeAll(keepingCapacity: true)
        fullPath += folder
        fullPath.append(slash)
        pathStart = fullPath.count
        fullPath += path
    }

    /// Below the registered folder.
    var path: ArraySlice<UInt8> { fullPath[pathStart...] }
}

/// The parts of `NoteFacts` that a filter looks at.
package struct FilterNeeds: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let folder = FilterNeeds(rawValue: 1)
    package static let path = FilterNeeds(rawValue: 2)
    package static let format = FilterNeeds(rawValue: 4)
    package static let title = FilterNeeds(rawValue: 8)
    package static let tags = FilterNeeds(rawValue: 16)
    package static let aliases = FilterNeeds(rawValue: 32)
    package static let dates = FilterNeeds(rawValue: 64)
}
