package import LoreCore

/// Has a model make a question stand alone, and does without it where it fails.
package struct ModelRewriter: Sendable {
    /// A question that stands alone, and what it took.
    package struct Rewrite: Hashable, Sendable {
        package let question: StandaloneQuestion
        /// Nil where the model was not asked, or did not come to an end.
        package let usage: TokenUsage?
        /// Why the model's words are not used, for a person; nil where they are.
        package let notice: String?
    }

    private let settings: RewriteSettings
    private let plain: QuestionRewriter

    package init(_ settings: RewriteSettings = .standard) {
        self.settings = settings
        plain = QuestionRewriter(settings)
    }

    /// `question` in words of `model` that need none of `turns`.
    ///
    /// The first question of a conversation asks no model. Where the model fails or does not reply
    /// with one short line about what was said, `QuestionRewriter` does its work.
    ///
    /// - Throws: `CancellationError`.
    package func rewrite(
        _ question: String, after turns: [EarlierTurn], by model: some ChatModel
    ) async throws -> Rewrite {
        guard !turns.isEmpty else {
            return Rewrite(question: StandaloneQuestion(question), usage: nil, notice: nil)
        }
        let reply: ChatReply
        do {
            reply = try await model.reply(
                to: RewritePrompt.request(question, after: turns, settings))
        } catch {
            try Task.checkCancellation()
            let reason = (error as? any LoreError)?.message ?? "\(error)"
            return fallback(question, turns, model.name, reason, usage: nil)
        }
        do {
            let line = try line(of: reply, question, turns)
            return Rewrite(question: StandaloneQuestion(line), usage: reply.usage, notice: nil)
        } catch {
            return fallback(question, turns, model.name, error.reason, usage: reply.usage)
        }
    }

    /// What is wrong with a reply.
    private enum Flaw: Error {
        case incomplete(FinishReason)
        case lines(Int)
        case characters(Int)
        case unrelated

        var reason: String {
            switch self {
            case .incomplete(let finish): "the reply ended early: \(finish.word)"
            case .lines(let count): "the reply has \(count) lines, not one"
            case .characters(let count): "the reply has \(count) characters"
            case .unrelated: "the reply has no word of the conversation"
            }
        }
    }

    private func line(
        of reply: ChatReply, _ question: String, _ turns: [EarlierTurn]
    ) throws(Flaw) -> String {
        guard reply.finish == .stop else { throw .incomplete(reply.finish) }
        let lines = reply.text.split(whereSeparator: \.isNewline).filter {
            $0.contains { !$0.isWhitespace }
        }
        guard lines.count == 1 else { throw .lines(lines.count) }
        let line = unwrapped(lines[0])
        guard 1...settings.longestRewrite ~= line.count else { throw .characters(line.count) }
        guard isRelated(line, to: question, turns) else { throw .unrelated }
        return line
    }

    /// `line` without blanks, quotation marks and the label of the prompt around it.
    private func unwrapped(_ line: Substring) -> String {
        var line = line.trimmingPrefix(while: \.isWhitespace)
        if line.hasPrefix("Question:") { line = line.dropFirst("Question:".count) }
        func isAround(_ character: Character) -> Bool {
            character.isWhitespace || "\"“”`".contains(character)
        }
        line = line.drop(while: isAround)
        while let last = line.last, isAround(last) { line = line.dropLast() }
        return String(line)
    }

    /// Whether a telling word of `line` was said before.
    ///
    /// Where words are not set apart by blanks, a letter beyond ASCII will do.
    private func isRelated(_ line: String, to question: String, _ turns: [EarlierTurn]) -> Bool {
        let said = [question] + turns.suffix(settings.turns).flatMap { [$0.question, $0.answer] }
        let words = WordScanner.tellingStems(line)
        let letters = Set(line.filter { !$0.isASCII && $0.isLetter })
        return said.contains {
            !WordScanner.tellingStems($0).isDisjoint(with: words) || !letters.isDisjoint(with: $0)
        }
    }

    private func fallback(
        _ question: String, _ turns: [EarlierTurn], _ model: String, _ reason: String,
        usage: TokenUsage?
    ) -> Rewrite {
        Rewrite(
            question: plain.standalone(question, after: turns), usage: usage,
            notice: "\(model) did not make the question stand alone (\(reason)); "
                + "words of earlier turns are searched for beside it")
    }
}
