import Lore
import LoreServer

extension IndexCommand {
    /// Follows every change until a signal comes, which is its ordinary end.
    func follow(_ request: IndexRequest, _ knowledgeBase: KnowledgeBase) async throws {
        let progress = IndexingProgress(isQuiet: global.quiet)
        defer { progress.finish() }
        do {
            try await Interrupted.cancelling {
                try await knowledgeBase.watch(request, polls: poll) { event in
                    if case .progress(let step) = event { return progress.show(step) }
                    progress.finish()
                    show(event)
                }
            }
        } catch is Interrupted {}
    }

    private func show(_ event: WatchEvent) {
        switch event {
        case .followed(let report): show(report)
        case .watching(let folders):
            global.say(["watching \(Terminal.path(folders.joined(separator: ", ")))"])
        case .notice(let sentence): global.say([Terminal.printable(sentence)])
        case .progress: break
        }
    }

    private func show(_ report: IndexReport) {
        global.say(report.sentences)
        let changes = report.changes(showingUnchanged: false)
        if !changes.isEmpty || report.embedded > 0 {
            let embedded = report.embedded > 0 ? "\(report.embedded) embedded" : ""
            global.say([[changes, embedded].filter { !$0.isEmpty }.joined(separator: "; ")])
        }
        if global.json { Output.standard.jsonLine(IndexBody(report)) }
    }
}
