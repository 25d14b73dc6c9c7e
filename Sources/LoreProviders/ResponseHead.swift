/// The status line and header fields of a response.
struct ResponseHead: Sendable {
    let status: Int
    var headers: HTTPHeaders = [:]

    /// The head that begins with this status line, such as `HTTP/1.1 200 OK`; `nil` for another line.
    init?(statusLine: String) {
        let words = statusLine.split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[0].hasPrefix("HTTP/"), let status = Int(words[1]) else {
            return nil
        }
        self.status = status
    }

    /// Interim heads (100 Continue, 103 Early Hints) come before the real one.
    var isInterim: Bool { status < 200 }
}

/// Builds a response's head from its lines as they arrive.
struct ResponseHeadReader {
    /// What one line led to.
    enum Step {
        case more
        case done(ResponseHead)
        case failed(String)
    }

    private var head: ResponseHead?
    private var isDone = false
    private var bytes = 0
    private let limitBytes = 256 * 1024

    /// Takes one line, its line end included; lines after the head (trailers) are passed over.
    mutating func take(_ line: UnsafeRawBufferPointer) -> Step {
        if isDone { return .more }
        bytes += line.count
        guard bytes <= limitBytes else { return .failed("its header is too long") }
        var text = String(decoding: line, as: UTF8.self)
        while text.last?.isNewline == true { text.removeLast() }
        if head == nil { return begin(text) }
        return text.isEmpty ? end() : add(text)
    }

    private mutating func begin(_ text: String) -> Step {
        head = ResponseHead(statusLine: text)
        return head == nil ? .failed("it does not begin with a status line") : .more
    }

    private mutating func add(_ text: String) -> Step {
        guard let colon = text.firstIndex(of: ":") else { return .more }
        let name = trimmed(text[..<colon])
        head?.headers.append(name: name, value: trimmed(text[text.index(after: colon)...]))
        return .more
    }

    private mutating func end() -> Step {
        guard let finished = head else { return .more }
        head = nil
        if finished.isInterim { return .more }
        isDone = true
        return .done(finished)
    }
}

private func trimmed(_ text: Substring) -> String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    let start = text.drop(while: isBlank)
    let end = start.lastIndex { !isBlank($0) }
    return end.map { String(start[...$0]) } ?? ""
}
