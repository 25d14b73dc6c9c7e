import Foundation

/// Where the lines of a conversation come from.
protocol LineReader: Sendable {
    /// Whether a person types them.
    var isInteractive: Bool { get }

    /// The next line, without its end; nil when there are no more.
    func next() async -> String?

    /// Leaves the terminal as it was found, whatever is being read.
    func leave()
}

/// What stands before a line that is typed.
let linePrompt = "> "

/// Lines as stdin has them, for pipes and for terminals that can only print.
struct PlainLines: LineReader {
    let isInteractive: Bool
    private let queue = DispatchQueue(label: "lore.chat.plain")

    init(isInteractive: Bool) { self.isInteractive = isInteractive }

    func next() async -> String? {
        if isInteractive { Output.error.write(linePrompt) }
        let line = await queue.result(of: { readLine() })
        if line == nil { leave() }
        return line
    }

    func leave() { if isInteractive { Output.error.line() } }
}

extension DispatchQueue {
    /// The result of `body`, which may block: the threads that tasks share are left to them.
    func result<Result: Sendable>(of body: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { waiting in
            async { waiting.resume(returning: body()) }
        }
    }
}
