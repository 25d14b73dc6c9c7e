#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Turns text in a named character set into UTF-8.
enum CharacterSet {
    /// The text as UTF-8; nil where the system does not know the set.
    ///
    /// Bytes that are not of the set become U+FFFD: mail and web pages are full of them, and one is
    /// no reason to lose the rest.
    static func utf8(_ bytes: some Collection<UInt8>, from name: String) -> [UInt8]? {
        let name = canonicalName(name)
        if name == "utf-8" { return validUTF8(Array(bytes)) }
        return Conversion(from: name)?.convert(Array(bytes))
    }

    /// The name in lower case; what web browsers take Latin-1 and ASCII for is Windows-1252.
    private static func canonicalName(_ name: String) -> String {
        let name = name.lowercased().filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
        return switch name {
        case "utf8", "utf-8", "unicode-1-1-utf-8", "": "utf-8"
        case "us-ascii", "ascii", "iso-8859-1", "iso8859-1", "latin1", "latin-1", "cp1252":
            "windows-1252"
        case "ks_c_5601-1987": "cp949"
        case "x-sjis": "shift_jis"
        case "gb2312": "gbk"
        default: name
        }
    }
}

/// One conversion by `iconv`.
private final class Conversion {
    private let descriptor: iconv_t

    init?(from name: String) {
        guard let descriptor = iconv_open("UTF-8", name), descriptor != iconv_t(bitPattern: -1)
        else { return nil }
        self.descriptor = descriptor
    }

    deinit { iconv_close(descriptor) }

    func convert(_ bytes: [UInt8]) -> [UInt8] {
        var input = bytes.map { CChar(bitPattern: $0) }
        var output: [UInt8] = []
        output.reserveCapacity(input.count + input.count / 4)
        input.withUnsafeMutableBufferPointer { convert($0, into: &output) }
        return output
    }

    private func convert(_ input: UnsafeMutableBufferPointer<CChar>, into output: inout [UInt8]) {
        var next = input.baseAddress
        var left = input.count
        var room = [CChar](repeating: 0, count: 16_384)
        while left > 0 {
            let (written, code) = step(&next, &left, into: &room)
            output.append(contentsOf: room[..<written].lazy.map { UInt8(bitPattern: $0) })
            if code == EILSEQ || code == EINVAL {
                output.append(contentsOf: replacement)
                next = next.map { $0 + 1 }
                left -= 1
            }
        }
    }

    /// Converts as much as fits: the bytes written, and the error number that stopped it or 0.
    private func step(
        _ next: inout UnsafeMutablePointer<CChar>?, _ left: inout Int, into room: inout [CChar]
    ) -> (written: Int, code: CInt) {
        room.withUnsafeMutableBufferPointer { buffer in
            var target = buffer.baseAddress
            var free = buffer.count
            let result = iconv(descriptor, &next, &left, &target, &free)
            return (buffer.count - free, result == Int(bitPattern: UInt.max) ? errno : 0)
        }
    }
}

private let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

/// The bytes as they are where they are UTF-8, else with U+FFFD for what is not.
func validUTF8(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.withUnsafeBufferPointer(firstInvalidUTF8) != nil else { return bytes }
    return Array(String(decoding: bytes, as: UTF8.self).utf8)
}
