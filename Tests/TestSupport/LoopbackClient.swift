import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A connection to a server on this machine, by hand: for clients that behave badly.
public final class LoopbackClient {
    public enum Failure: Error { case cannotConnect, closed }

    private let descriptor: CInt

    public init(port: Int) throws {
        #if canImport(Glibc)
            descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        #else
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, length) }
        }
        guard status == 0 else { throw Failure.cannotConnect }
    }

    deinit { close(descriptor) }

    public func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count else { throw Failure.closed }
    }

    /// Reads until `text` has come.
    public func read(until text: String) throws {
        var received = ""
        var piece = [UInt8](repeating: 0, count: 4096)
        while !received.contains(text) {
            let count = recv(descriptor, &piece, piece.count, 0)
            guard count > 0 else { throw Failure.closed }
            received += String(decoding: piece[..<count], as: UTF8.self)
        }
    }

    /// Closes the connection, whatever is still on its way.
    public func leave() { shutdown(descriptor, CInt(SHUT_RDWR)) }
}
