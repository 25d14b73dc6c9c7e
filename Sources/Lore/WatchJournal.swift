import LoreCore

/// Joins the reports of a watch to one a change, and tells nothing twice.
struct WatchJournal {
    let tell: @Sendable (WatchEvent) -> Void
    private var open: IndexReport?
    private var toldSkipped: Set<SkippedFile> = []
    private var toldNotices: Set<String> = []

    init(tell: @escaping @Sendable (WatchEvent) -> Void) { self.tell = tell }

    /// Adds what a run did; the last one of a change is told.
    mutating func add(_ report: IndexReport, isLast: Bool) {
        open = open.map { $0.followed(by: report) } ?? report
        if isLast { close() }
    }

    /// Tells what has gathered, where anything was done.
    mutating func close() {
        guard var report = open else { return }
        open = nil
        report.skipped = report.skipped.filter { toldSkipped.insert($0).inserted }
        report.notices = report.notices.filter { toldNotices.insert($0).inserted }
        if report.didSomething { tell(.followed(report)) }
    }

    func notice(_ sentence: String) { tell(.notice(sentence)) }
}

extension IndexReport {
    /// One report of two runs.
    fileprivate func followed(by later: IndexReport) -> IndexReport {
        var sum = later
        sum.folders = folders + later.folders.filter { !folders.contains($0) }
        sum.added += added
        sum.changed += changed
        sum.moved += moved
        sum.deleted += deleted
        sum.embedded += embedded
        sum.reused += reused
        sum.truncated += truncated
        sum.skipped = skipped + later.skipped.filter { !skipped.contains($0) }
        sum.notices = notices + later.notices.filter { !notices.contains($0) }
        sum.took += took
        return sum
    }

    fileprivate var didSomething: Bool {
        added + changed + moved + deleted + embedded > 0 || !skipped.isEmpty || !notices.isEmpty
    }
}
