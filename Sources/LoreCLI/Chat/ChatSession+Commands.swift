import Lore
import LoreCore
import LoreServer

extension ChatSession {
    /// Lines that `/open` shows before and after what is cited: a paragraph's worth.
    private static let margin = 5

    /// Carries out a command that does not end the conversation.
    mutating func carryOut(_ command: SlashCommand) async throws {
        switch command {
        case .sources: try showSources()
        case .open(let number): try await open(number)
        case .cost: try showCost()
        case .compact: try await compact()
        case .expand: try showTurns()
        case .new: beginAnother()
        case .model(let name?): try change(toModel: name)
        case .model(nil): output.results.line(Terminal.printable(answering))
        case .help: showCommands()
        case .quit: break
        }
    }

    /// What the last answer cites, at least one.
    private func cited() throws -> [Citation] {
        guard let sources else { throw ChatError.nothingAsked }
        guard !sources.isEmpty else { throw ChatError.nothingCited }
        return sources
    }

    private func showSources() throws {
        let sources = try cited()
        guard !output.isJSON else { return output.results.jsonLine(sources.map(CitationBody.init)) }
        let rendering = AnswerRendering(
            question: "", streams: false, showsContext: false, knowledgeBase: knowledgeBase,
            output: output.results)
        sources.forEach(rendering.show)
    }

    private func open(_ number: Int) async throws {
        let sources = try cited()
        let wanted = sources.filter { $0.number == number }
        guard !wanted.isEmpty else {
            throw ChatError.noSource(
                number: number, numbers: Set(sources.map(\.number)).sorted())
        }
        for citation in wanted {
            let excerpt = try await knowledgeBase.excerpt(around: citation, margin: Self.margin)
            if output.isJSON {
                output.results.jsonLine(ExcerptBody(excerpt))
            } else {
                show(excerpt, around: citation)
            }
        }
    }

    /// The place, then each line with its number; those that are cited are marked.
    private func show(_ excerpt: Excerpt, around citation: Citation) {
        let terminal = Terminal(output.results)
        let place = location(citation.path, citation.range, page: citation.page)
        let link = terminal.link(place, to: knowledgeBase.file(of: citation))
        output.results.line("[\(citation.number)] " + terminal.bold(link))
        var text = Substring(excerpt.text)
        if text.hasSuffix("\n") { text.removeLast() }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in zip(excerpt.lines, lines) {
            let isCited = citation.range.lines.contains(number)
            let shown = Terminal.printable(String(line))
            output.results.line(
                "\(isCited ? ">" : " ") \(terminal.dim("\(number)"))  "
                    + (isCited ? terminal.bold(shown) : shown))
        }
    }

    private func showCost() throws {
        let today = try knowledgeBase.costs(since: Since("today"))
        guard !output.isJSON else { return output.results.jsonLine(CostBody(today)) }
        if let conversation {
            let (_, turns) = try knowledgeBase.turns(ofConversation: conversation)
            output.results.line("answers of this conversation: " + sum(of: turns.map(\.usage)))
        }
        today.forEach { output.results.line("today: " + CostRendering.line(of: $0)) }
    }

    private func sum(of usages: [Usage]) -> String {
        let input = usages.reduce(0) { $0 + $1.inputTokens }
        let output = usages.reduce(0) { $0 + $1.outputTokens }
        let cost = usages.reduce(0) { $0 + ($1.cost ?? 0) }
        let isWhole = usages.allSatisfy { $0.cost != nil }
        return "\(input) tokens in, \(output) out  $\(decimal(cost, places: 4))"
            + (isWhole ? "" : " and what has no known price")
    }

    private func compact() async throws {
        guard let conversation else { throw ChatError.nothingAsked }
        let compaction = try await stoppable(saying: "stopped; nothing is summarized") {
            [knowledgeBase, model] in
            try await knowledgeBase.compact(conversation: conversation, model: model)
        }
        guard let compaction else { return }
        if output.isJSON { output.results.jsonLine(CompactionBody(compaction)) }
        let (summary, cost) = (compaction.summary, compaction.cost)
        output.say(
            [
                """
                \(summary.turns) summarized by \(Terminal.printable(summary.model)): about \
                \(compaction.tokens) tokens of earlier turns go with the next question instead of \
                \(compaction.tokensBefore)\(cost > 0 ? ", for $\(decimal(cost, places: 4))" : "")
                """
            ] + compaction.notices + ["nothing is deleted; /expand shows the turns"])
    }

    /// The summary and the turns behind it, or all turns where there is none.
    private func showTurns() throws {
        guard let conversation else { throw ChatError.nothingAsked }
        let (id, all) = try knowledgeBase.turns(ofConversation: conversation)
        let expanded = try knowledgeBase.expanded(conversation: id)
        let (summary, turns) = (expanded?.summary, expanded?.turns ?? all)
        guard !output.isJSON else {
            return output.results.jsonLine(
                ConversationBody(id: id, turns: turns, summary: summary))
        }
        if let summary { show(summary) }
        let rendering = TurnRendering(knowledgeBase: knowledgeBase, output: output.results)
        for turn in turns {
            output.results.line("turn \(turn.number) of \(all.count)")
            rendering.show(turn)
        }
        guard turns.count < all.count else { return }
        output.say([
            "\(all.count - turns.count) later turns are not in the summary; "
                + "`lore conversations show \(id)` shows all"
        ])
    }

    private func show(_ summary: ConversationSummary) {
        let terminal = Terminal(output.results)
        let model = Terminal.printable(summary.model)
        output.results.line(terminal.bold("summary of \(summary.turns) by \(model)"))
        output.results.line(Terminal.printable(summary.text) + "\n")
    }

    private mutating func change(toModel name: String) throws {
        try knowledgeBase.checkChatModel(named: name)
        model = name
        output.say(["\(Terminal.printable(name)) answers now"])
    }

    private func showCommands() {
        let names = SlashCommand.Name.allCases
        let width = names.map(\.usage.count).max() ?? 0
        for name in names {
            let gap = String(repeating: " ", count: width + 2 - name.usage.count)
            output.results.line(name.usage + gap + name.meaning)
        }
    }
}

extension ConversationSummary {
    /// The turns that it stands for, in words.
    fileprivate var turns: String { lastNumber == 1 ? "turn 1" : "turns 1–\(lastNumber)" }
}
