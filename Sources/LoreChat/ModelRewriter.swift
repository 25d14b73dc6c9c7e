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
    /// with one short line that keeps what the question says, `QuestionRewriter` does its work.
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
        case ownWords
        case repeated
        case unrelated

        var reason: String {
            switch self {
            case .incomplete(let finish): "the reply ended early: \(finish.word)"
            case .lines(let count): "the reply has \(count) lines, not one"
            case .characters(let count): "the reply has \(count) characters"
            case .ownWords: "the reply has none of the question's own words"
            case .repeated: "the reply is an earlier question"
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
        try check(line, question, turns)
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

    /// Sees to it that `line` asks what `question` asks: small models repeat an earlier question, or the
    /// last answer, and what such a line finds belongs to another question.
    private func check(
        _ line: String, _ question: String, _ turns: [EarlierTurn]
    ) throws(Flaw) {
        let recent = turns.suffix(settings.turns)
        let asked = Self.units(of: question)
        let said = recent.reduce(into: Set<[UInt8]>()) {
            $0.formUnion(Self.units(of: $1.question))
            $0.formUnion(Self.units(of: $1.answer))
        }
        let words = Self.units(of: line)
        guard !asked.union(said).isDisjoint(with: words) else { throw .unrelated }
        guard !plain.isAssent(question), words != asked else { return }
        let own = asked.subtracting(said)
        let kept = own.isEmpty ? asked : own
        guard kept.isEmpty || !kept.isDisjoint(with: words) else { throw .ownWords }
        guard !recent.contains(where: { Self.units(of: $0.question) == words }) else {
            throw .repeated
        }
    }

    /// The stems of the telling words of `text`; in scripts that set no words apart their letters, too.
    private static func units(of text: String) -> Set<[UInt8]> {
        let stems = WordScanner.tellingStems(text)
        let letters = stems.flatMap { String(decoding: $0, as: UTF8.self) }
            .filter { !$0.isASCII && $0.isLetter }
        return stems.union(letters.map { Array($0.utf8) })
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
