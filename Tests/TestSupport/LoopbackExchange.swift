import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// One HTTP/1.1 exchange with a server on this machine, byte by byte as a client sends it.
public enum LoopbackExchange {
    public struct Failed: Error { let call: String, errno: Int32 }

    /// Sends `request` as it is and returns all that comes back until the server closes.
    public static func exchange(_ request: String, port: UInt16) throws -> String {
        let descriptor = socket(AF_INET, streamType, 0)
        guard descriptor >= 0 else { throw Failed(call: "socket", errno: errno) }
        defer { close(descriptor) }
        try connect(descriptor, port: port)
        try write(Array(request.utf8), to: descriptor)
        return String(decoding: try readAll(descriptor), as: UTF8.self)
    }

    private static var streamType: Int32 {
        #if canImport(Glibc)
            Int32(SOCK_STREAM.rawValue)
        #else
            SOCK_STREAM
        #endif
    }

    private static func connect(_ descriptor: Int32, port: UInt16) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                #if canImport(Glibc)
                    Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                #else
                    Darwin.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                #endif
            }
        }
        guard result == 0 else { throw Failed(call: "connect", errno: errno) }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) throws {
        let written = send(descriptor, bytes, bytes.count, 0)
        guard written == bytes.count else { throw Failed(call: "send", errno: errno) }
    }

    private static func readAll(_ descriptor: Int32) throws -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count >= 0 else { throw Failed(call: "recv", errno: errno) }
            if count == 0 { return all }
            all += buffer[..<count]
        }
    }
}
