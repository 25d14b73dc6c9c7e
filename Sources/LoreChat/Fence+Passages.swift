import LoreCore

extension Fence {
    /// A fence that none of `passages` and `texts` can close.
    init(around passages: [Hit], and texts: [String]) {
        let shown = passages.flatMap {
            [$0.path, $0.title, $0.date ?? "", $0.chunk.text] + $0.chunk.heading
        }
        self.init(around: shown + texts)
    }

    /// A passage with its number, its place and `text`, which is what it says.
    func block(of passage: Hit, number: Int, saying text: String) -> String {
        let lines = passage.chunk.range.lines
        let isRepeated = passage.chunk.heading.first == passage.title
        let date = passage.date.map { ", \(oneLine($0))" } ?? ""
        let heading = (isRepeated ? [] : [passage.title]) + passage.chunk.heading
        return block(
            "passage [\(number)]",
            """
            \(oneLine(passage.path)), lines \(lines.lowerBound)-\(lines.upperBound)\(date)
            \(oneLine(heading.joined(separator: " › ")))

            \(text)
            """)
    }

    private func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
