import Lore
import LoreServer

extension IndexCommand {
    /// Says what an indexing run would do.
    func plan(_ request: IndexRequest, _ knowledgeBase: KnowledgeBase) async throws {
        let progress = IndexingProgress(isQuiet: global.quiet)
        defer { progress.finish() }
        let plan = try await knowledgeBase.plan(request) { progress.show($0) }
        progress.finish()
        global.say(plan.report.sentences)
        if global.json {
            Output.standard.json(IndexBody(plan))
        } else {
            show(plan)
        }
        if !plan.report.skipped.isEmpty { throw Finished(status: .skippedFiles) }
    }

    private func show(_ plan: IndexPlan) {
        for entry in plan.entries {
            Output.standard.line(
                padded(entry.change.rawValue, 9) + padded(counted(entry.chunks, "chunk"), 15)
                    + padded(counted(entry.tokens, "token"), 15) + Terminal.path(entry.path))
        }
        let changes = plan.report.changes(showingUnchanged: true)
        let chunks = plan.entries.reduce(0) { $0 + $1.chunks }
        let tokens = plan.entries.reduce(0) { $0 + $1.tokens }
        Output.standard.line(
            "\(changes.isEmpty ? "nothing to do" : changes); \(counted(chunks, "chunk")), "
                + "\(counted(tokens, "token")) to embed\(price(plan)); nothing was written")
    }

    private func price(_ plan: IndexPlan) -> String {
        plan.cost.map { " for about \(dollars($0))" } ?? ""
    }

    private func counted(_ count: Int, _ unit: String) -> String {
        "\(count) \(unit)" + (count == 1 ? "" : "s")
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.utf8.count))
    }
}
