package import LoreCore

/// Puts what came of calls as a model reads it: between fences, its passages with numbers.
package struct ToolResults: Sendable {
    /// All passages that the model was given, numbered from 1.
    package private(set) var passages: [Hit]
    private let count: TokenCount

    /// - Parameters:
    ///   - passages: What the model was given before any call.
    ///   - count: How many tokens a text may have.
    package init(after passages: [Hit], count: TokenCount) {
        self.passages = passages
        self.count = count
    }

    /// What of an outcome is told: to the model, and to a person, who gets the places of passages.
    package struct Telling: Hashable, Sendable {
        package let result: ToolResult
        package let step: ToolStep
    }

    /// Tells `outcome` in no more than `tokens`.
    ///
    /// Passages that do not fit are left out, from the last; a text is cut at the end of a line. Both are
    /// said. A passage that the model has is named by its number and not repeated.
    package mutating func tell(_ outcome: ToolOutcome, within tokens: Int) -> Telling {
        guard !outcome.isError else { return plain(outcome, outcome.output.text, isError: true) }
        let output = outcome.output
        let fence = Fence(around: output.passages, and: [output.text])
        let text = cut(output.text, to: tokens)
        var content = text.isEmpty ? "" : fence.block("result", text)
        var shown = [text]
        for (index, passage) in output.passages.enumerated() {
            let next = numbered(passage, fence)
            guard count.tokens(content + next.block) <= tokens else {
                let rest = leftOut(output.passages[index...])
                content += rest
                shown.append(rest)
                break
            }
            if next.isNew { passages.append(passage) }
            content += next.block
            shown.append("[\(next.number)] \(place(of: passage))")
        }
        guard !content.isEmpty else { return plain(outcome, Self.noRoom, isError: true) }
        let words = shown.filter { !$0.isEmpty }.joined(separator: "\n")
        return Telling(
            result: ToolResult(of: outcome.call, content),
            step: ToolStep(of: outcome.call, words, isError: false))
    }

    /// What stands for a result that there is no room for.
    package static func withoutRoom(_ result: ToolResult) -> ToolResult {
        ToolResult(callID: result.callID, name: result.name, content: noRoom, isError: true)
    }

    private static let noRoom =
        "there is no room left for this result; answer from what you were given"

    private func plain(_ outcome: ToolOutcome, _ text: String, isError: Bool) -> Telling {
        Telling(
            result: ToolResult(of: outcome.call, text, isError: isError),
            step: ToolStep(of: outcome.call, text, isError: isError))
    }

    private func numbered(
        _ passage: Hit, _ fence: Fence
    ) -> (number: Int, isNew: Bool, block: String) {
        if let index = passages.firstIndex(where: { $0.holds(passage) }) {
            let words = "Passage [\(index + 1)], which you were given before, says this.\n\n"
            return (index + 1, false, words)
        }
        let number = passages.count + 1
        return (number, true, fence.block(of: passage, number: number, saying: passage.chunk.text))
    }

    private func leftOut(_ rest: ArraySlice<Hit>) -> String {
        let next = rest.first.map { ", the first of them \(place(of: $0))" } ?? ""
        return "\(rest.count) more did not fit\(next)"
    }

    private func place(of passage: Hit) -> String {
        Hit.Place(path: passage.path, range: passage.chunk.range).shown
    }

    /// The beginning of `text` that has no more than `tokens`, in whole lines.
    private func cut(_ text: String, to tokens: Int) -> String {
        guard count.tokens(text) > tokens else { return text }
        let mark = "(cut here: there is more)"
        var kept = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard count.tokens("\(kept)\(line)\n\(mark)") <= tokens else { break }
            kept += "\(line)\n"
        }
        return kept.isEmpty ? "" : kept + mark
    }
}

extension ToolStep {
    fileprivate init(of call: ToolCall, _ result: String, isError: Bool) {
        self.init(
            tool: call.name, arguments: call.argumentText, result: result, isError: isError)
    }
}

extension Hit {
    /// Whether all of `other`'s text is in this passage.
    fileprivate func holds(_ other: Hit) -> Bool {
        folder == other.folder && path == other.path
            && chunk.range.bytes.lowerBound <= other.chunk.range.bytes.lowerBound
            && chunk.range.bytes.upperBound >= other.chunk.range.bytes.upperBound
    }
}
