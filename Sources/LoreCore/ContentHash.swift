/// A SHA-256 digest of bytes: equal hashes mean equal content.
public struct ContentHash: Hashable, Sendable {
    /// The digest, 32 bytes.
    public let bytes: [UInt8]

    /// - Precondition: `bytes` has 32 elements.
    public init(bytes: [UInt8]) {
        precondition(bytes.count == 32, "a SHA-256 digest has 32 bytes, not \(bytes.count)")
        self.bytes = bytes
    }

    /// The digest as 64 lower-case hexadecimal digits.
    public var hex: String { hexadecimal(bytes) }
}

/// Two lower-case hexadecimal digits for each byte.
public func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let encoded = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: encoded, as: UTF8.self)
}
