import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// One connection of a `LoopbackServer`, on a thread of its own.
final class LoopbackConnection {
    private let descriptor: CInt
    private let state: ServerState
    private var received: [UInt8] = []

    /// How a connection can end before its reply is done.
    private enum Ending: Error {
        case peerClosed
        case stopped
        case cut
    }

    init(_ descriptor: CInt, _ state: ServerState) {
        self.descriptor = descriptor
        self.state = state
        // Little room on the way, so that a client that does not read is soon noticed.
        var size: CInt = 64 * 1024
        setsockopt(
            descriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<CInt>.size))
        var on: CInt = 1
        setsockopt(
            descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<CInt>.size))
    }

    /// Serves requests until one side closes.
    func run() {
        do {
            if let greeting = state.read(\.greeting) { try send(greeting) }
            while let request = try nextRequest() {
                for step in state.reply(to: request).steps { try perform(step) }
                state.change { $0.log.repliesDone += 1 }
            }
        } catch Ending.peerClosed {
            state.change { $0.log.peerCloses += 1 }
        } catch {}
        close(descriptor)
        state.change { $0.log.openConnections -= 1 }
    }

    private func perform(_ step: LoopbackReply.Step) throws {
        switch step {
        case .send(let bytes): try send(bytes)
        case .flood(let count): try flood(count)
        case .wait(let gate):
            gate.wait { state.isStopped }
            if state.isStopped { throw Ending.stopped }
        case .waitForPeerToClose: try waitForPeerToClose()
        case .cut: throw Ending.cut
        case .reset:
            var now = linger(l_onoff: 1, l_linger: 0)
            setsockopt(
                descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
            throw Ending.cut
        }
    }

    private func flood(_ count: Int) throws {
        let block = LoopbackReply.pattern(0..<251 * 64)
        var left = count
        while left > 0 {
            try send(Array(block.prefix(left)))
            left -= min(left, block.count)
        }
    }

    private func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { sendWithoutSignal(descriptor, $0) }
            if count > 0 {
                rest = rest.dropFirst(count)
                state.change { $0.log.bytesSent += count }
            } else if errno == EAGAIN || errno == EWOULDBLOCK {
                state.change { $0.log.stalls += 1 }
                while !isReady(descriptor, for: POLLOUT) {
                    if state.isStopped { throw Ending.stopped }
                }
            } else if errno != EINTR {
                throw Ending.peerClosed
            }
        }
    }

    private func waitForPeerToClose() throws {
        while try receive() {}
        throw Ending.peerClosed
    }

    /// The next request; `nil` where the client closed between requests.
    private func nextRequest() throws -> LoopbackRequest? {
        while true {
            if let request = takeRequest() { return request }
            guard try receive() else { return nil }
        }
    }

    /// Adds what the client sent; false where it closed.
    private func receive() throws -> Bool {
        while !isReady(descriptor, for: POLLIN) {
            if state.isStopped { throw Ending.stopped }
        }
        var block = [UInt8](repeating: 0, count: 64 * 1024)
        let count = recv(descriptor, &block, block.count, 0)
        if count > 0 { received += block[..<count] }
        return count > 0
    }

    private func takeRequest() -> LoopbackRequest? {
        guard let end = firstRange(of: Array("\r\n\r\n".utf8), in: received) else { return nil }
        let head = String(decoding: received[..<end.lowerBound], as: UTF8.self)
        let lines = head.split(separator: "\r\n")
        let words = lines[0].split(separator: " ")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...]
            headers[line[..<colon].lowercased()] = value.trimmingCharacters(in: .whitespaces)
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        guard received.count >= end.upperBound + length else { return nil }
        let body = Array(received[end.upperBound..<end.upperBound + length])
        received.removeFirst(end.upperBound + length)
        return LoopbackRequest(
            method: String(words[0]), target: String(words[1]), headers: headers, body: body)
    }
}

private func firstRange(of needle: [UInt8], in bytes: [UInt8]) -> Range<Int>? {
    guard bytes.count >= needle.count else { return nil }
    for start in 0...(bytes.count - needle.count)
    where bytes[start..<start + needle.count].elementsEqual(needle) {
        return start..<start + needle.count
    }
    return nil
}

/// Sends what fits now; a closed peer is an error and not a signal.
private func sendWithoutSignal(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
        let flags = CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL)
    #else
        var on: CInt = 1
        setsockopt(
            descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<CInt>.size))
        let flags = MSG_DONTWAIT
    #endif
    return send(descriptor, bytes.baseAddress, bytes.count, flags)
}
