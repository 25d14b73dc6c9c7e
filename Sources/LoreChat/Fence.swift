/// Sets text off from what a program says to a model.
struct Fence {
    /// Back-ticks, one more than any of the texts has in a row, so that none can close it.
    let marks: String

    init(around texts: [String]) {
        var longest = 2
        for text in texts {
            var run = 0
            for byte in text.utf8 {
                run = byte == UInt8(ascii: "`") ? run + 1 : 0
                longest = max(longest, run)
            }
        }
        marks = String(repeating: "`", count: longest + 1)
    }

    /// `text` between two fences, the first with the `name` of what it is.
    func block(_ name: String, _ text: String) -> String {
        "\(marks)\(name)\n\(text)\n\(marks)\n\n"
    }
}
