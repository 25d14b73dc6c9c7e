/// What a filter looks at of a note; texts are folded UTF-8.
///
/// A part that no term asks about may stay empty: see `FilterMatcher.needs`.
package struct NoteFacts: Sendable {
    /// The name of the registered folder.
    package var folder: [UInt8] = []
    /// Below that folder.
    package var path: [UInt8] = []
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
