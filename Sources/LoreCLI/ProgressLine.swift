import Foundation
import Lore
import Synchronization

/// Shows how far a long command has come: a bar on a terminal, else a plain line now and then.
final class ProgressLine: Sendable {
    private struct State {
        var phase = ""
        var phaseStart = ContinuousClock.now
        var lastShown: ContinuousClock.Instant?
        var isOpen = false
    }

    private let state = Mutex(State())
    private let output: Output
    private let isQuiet: Bool

    /// Between two lines where there is no terminal.
    private static let plainInterval = Duration.seconds(5)
    private static let terminalInterval = Duration.milliseconds(100)
    private static let barWidth = 24

    init(output: Output = .error, isQuiet: Bool) {
        self.output = output
        self.isQuiet = isQuiet
    }

    /// Shows `done` of `total` units of `phase`, if it is time to.
    func show(_ phase: String, _ done: Int, of total: Int, unit: String) {
        guard !isQuiet else { return }
        state.withLock { state in
            let now = ContinuousClock.now
            if state.phase != phase {
                // A short command should not leave a progress line: the first waits an interval.
                state = State(phase: phase, phaseStart: now, lastShown: now, isOpen: state.isOpen)
            }
            let interval = output.isTerminal ? Self.terminalInterval : Self.plainInterval
            if let last = state.lastShown, last.duration(to: now) < interval { return }
            state.lastShown = now
            state.isOpen = output.isTerminal
            write(phase, done, total, unit, since: state.phaseStart.duration(to: now))
        }
    }

    /// Clears the bar.
    func finish() {
        state.withLock { state in
            if state.isOpen { output.write("\r\u{1B}[K") }
            state.isOpen = false
        }
    }

    private func write(_ phase: String, _ done: Int, _ total: Int, _ unit: String, since: Duration)
    {
        let seconds = Double(since.components.seconds) + Double(since.components.attoseconds) / 1e18
        let rate = seconds > 0 ? Double(done) / seconds : 0
        var text = "\(phase) \(done)/\(total) \(unit), \(Int(rate))/s"
        if rate > 0 && done < total { text += ", \(Self.clock(Double(total - done) / rate)) left" }
        if output.isTerminal {
            output.write("\r\u{1B}[K\(Self.bar(done, total)) \(text)")
        } else {
            output.line("lore: " + text)
        }
    }

    private static func bar(_ done: Int, _ total: Int) -> String {
        let filled = total > 0 ? min(barWidth, barWidth * done / total) : barWidth
        return String(repeating: "█", count: filled)
            + String(repeating: "░", count: barWidth - filled)
    }

    private static func clock(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
    }
}
