import Foundation
import LoreServer

/// A stream that a command writes to: results on `standard`, everything else on `error`.
struct Output: Sendable {
    static let standard = Output(descriptor: STDOUT_FILENO)
    static let error = Output(descriptor: STDERR_FILENO)

    private let descriptor: Int32

    init(descriptor: Int32) { self.descriptor = descriptor }

    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Columns of the terminal; 80 where it does not say.
    var columns: Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Whether colour and links may be written.
    var isStyled: Bool {
        isTerminal && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty
    }

    /// Writes `bytes` as they are.
    ///
    /// A reader that has gone ends the process quietly, as it would `cat`.
    func write(_ bytes: some Collection<UInt8>) {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress, $0.count)
            }
            if written < 0 && errno == EINTR { continue }
            guard written >= 0 else { exit(errno == EPIPE ? 141 : ExitStatus.failure.rawValue) }
            rest = rest.dropFirst(written)
        }
    }

    func write(_ text: String) { write(text.utf8) }

    func line(_ text: String = "") { write(text + "\n") }

    /// Writes one JSON document: indented on a terminal's or a file's behalf, keys sorted.
    func json(_ body: some Encodable) {
        do {
            write(try WireEncoder.pretty(body) + Data("\n".utf8))
        } catch {
            preconditionFailure("a wire type cannot be written as JSON: \(error)")
        }
    }

    /// Writes one JSON document on a line of its own.
    func jsonLine(_ body: some Encodable) {
        do {
            write(try WireEncoder.compact(body) + Data("\n".utf8))
        } catch {
            preconditionFailure("a wire type cannot be written as JSON: \(error)")
        }
    }
}
