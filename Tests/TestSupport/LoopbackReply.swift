import Foundation

/// What a `LoopbackServer` received.
public struct LoopbackRequest: Sendable {
    public let method: String
    /// With the query.
    public let target: String
    /// Names in lower case.
    public let headers: [String: String]
    public let body: [UInt8]

    public var path: String { String(target.prefix { $0 != "?" }) }
}

/// What a `LoopbackServer` does with one request: steps on the open connection.
public struct LoopbackReply: Sendable {
    public enum Step: Sendable {
        case send([UInt8])
        /// So many bytes of `pattern`, as fast as the client takes them.
        case flood(bytes: Int)
        /// Goes on when the test opens the gate.
        case wait(Gate)
        /// Goes on when the client has closed its side, and counts it.
        case waitForPeerToClose
        /// Closes the connection in order.
        case cut
        /// Breaks the connection with a reset.
        case reset
    }

    public let steps: [Step]

    public init(steps: [Step]) { self.steps = steps }

    /// Never answers, and ends when the client has gone.
    public static let hang = LoopbackReply(steps: [.waitForPeerToClose, .cut])

    /// A whole response with status 200 and its right length.
    public static func whole(
        headers: [(String, String)] = [], _ body: [UInt8] = []
    ) -> LoopbackReply {
        whole(200, headers: headers, body)
    }

    /// A whole response with its right length.
    public static func whole(
        _ status: Int, headers: [(String, String)] = [], _ body: [UInt8] = []
    ) -> LoopbackReply {
        let length = ("Content-Length", "\(body.count)")
        return LoopbackReply(steps: [head(status, headers + [length]), .send(body)])
    }

    /// A head of these headers alone, then `steps`.
    public static func head(
        status: Int = 200, headers: [(String, String)], then steps: [Step]
    ) -> LoopbackReply {
        LoopbackReply(steps: [head(status, headers)] + steps)
    }

    /// A chunked response, each piece a chunk; gates may stand between pieces.
    public static func chunked(
        status: Int = 200, headers: [(String, String)] = [], _ steps: [Step]
    ) -> LoopbackReply {
        let framed = steps.map { step in
            guard case .send(let bytes) = step else { return step }
            let size = String(bytes.count, radix: 16)
            return .send(Array("\(size)\r\n".utf8) + bytes + Array("\r\n".utf8))
        }
        let head = head(status, headers + [("Transfer-Encoding", "chunked")])
        return LoopbackReply(steps: [head] + framed + [.send(Array("0\r\n\r\n".utf8))])
    }

    /// A redirect without a body.
    public static func redirect(_ status: Int = 302, to location: String) -> LoopbackReply {
        whole(status, headers: [("Location", location)])
    }

    /// A file as a static server gives it: `Range` and `If-Range` are honoured.
    ///
    /// `tag` is the `ETag`, quotes included; the connection closes after `cut` bytes of the body.
    public static func file(
        _ bytes: [UInt8], tag: String?, for request: LoopbackRequest, cutAfter cut: Int? = nil
    ) -> LoopbackReply {
        var headers = tag.map { [("ETag", $0)] } ?? []
        var (status, body) = (200, bytes[...])
        if let start = rangeStart(in: request, tag: tag) {
            guard start < bytes.count else {
                return whole(416, headers: [("Content-Range", "bytes */\(bytes.count)")])
            }
            let range = "bytes \(start)-\(bytes.count - 1)/\(bytes.count)"
            (status, body) = (206, bytes[start...])
            headers.append(("Content-Range", range))
        }
        headers.append(("Content-Length", "\(body.count)"))
        guard let cut, cut < body.count else {
            return head(status: status, headers: headers, then: [.send(Array(body))])
        }
        return head(status: status, headers: headers, then: [.send(Array(body.prefix(cut))), .cut])
    }

    /// The bytes of a flood in `range`: 0 to 250 again and again, so that no two places look alike
    /// to what reads in powers of two.
    public static func pattern(_ range: Range<Int>) -> [UInt8] {
        let start = range.lowerBound % 251
        var bytes = [UInt8](0...250)
        // By whole copies: tests are not optimised, and floods are large.
        while bytes.count < start + range.count { bytes.append(contentsOf: bytes) }
        return Array(bytes[start..<start + range.count])
    }

    private static func head(_ status: Int, _ headers: [(String, String)]) -> Step {
        let lines = headers.map { "\($0.0): \($0.1)\r\n" }.joined()
        return .send(Array("HTTP/1.1 \(status) Status\r\n\(lines)\r\n".utf8))
    }

    private static func rangeStart(in request: LoopbackRequest, tag: String?) -> Int? {
        guard let range = request.headers["range"], range.hasPrefix("bytes="), range.hasSuffix("-")
        else { return nil }
        if let wanted = request.headers["if-range"], wanted != tag { return nil }
        return Int(range.dropFirst("bytes=".count).dropLast())
    }
}

/// Holds a server back until the test says go.
public final class Gate: Sendable {
    private let condition = NSCondition()
    private nonisolated(unsafe) var isOpen = false  // under `condition`

    public init() {}

    public func open() {
        condition.lock()
        isOpen = true
        condition.broadcast()
        condition.unlock()
    }

    /// Blocks the calling thread until the gate is open, or `giveUp` says so.
    func wait(giveUp: () -> Bool) {
        condition.lock()
        defer { condition.unlock() }
        while !isOpen && !giveUp() {
            _ = condition.wait(until: Date(timeIntervalSinceNow: 0.05))
        }
    }
}
