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
    ///
    /// - Parameters:
    ///   - phase: What is being done.
    ///   - done: Units done.
    ///   - total: All of them.
    ///   - unit: What is counted.
    ///   - detail: What else to say where the terminal is wide enough.
    func show(
        _ phase: String, _ done: Int, of total: Int, unit: String,
        detail: @autoclosure () -> String? = nil
    ) {
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
            let seconds = state.phaseStart.duration(to: now) / .seconds(1)
            write(phase, Step(done: done, total: total, unit: unit, seconds: seconds), detail())
        }
    }

    /// Clears the bar.
    func finish() {
        state.withLock { state in
            if state.isOpen { output.write("\r\u{1B}[K") }
            state.isOpen = false
        }
    }

    private struct Step {
        let done: Int
        let total: Int
        let unit: String
        let seconds: Double

        var rate: Double { seconds > 0 ? Double(done) / seconds : 0 }
    }

    private func write(_ phase: String, _ step: Step, _ detail: String?) {
        let text = Self.text(phase, step, detail)
        guard output.isTerminal else { return output.line("lore: " + text) }
        // A line that is wider than the terminal could not be taken back.
        let room = output.columns - 1
        let shown = text.count > room ? Self.text(phase, step, nil) : text
        let width = min(Self.barWidth, room - shown.count - 1)
        let bar = width > 3 ? Self.bar(step.done, step.total, width) + " " : ""
        output.write("\r\u{1B}[K" + bar + shown.prefix(room))
    }

    private static func text(_ phase: String, _ step: Step, _ detail: String?) -> String {
        let unit = step.unit.isEmpty ? "" : " " + step.unit
        var parts = ["\(phase) \(step.done)/\(step.total)\(unit)"]
        if let detail { parts.append(detail) }
        parts.append("\(Int(step.rate))/s")
        if step.rate > 0 && step.done < step.total {
            parts.append("\(clock(Double(step.total - step.done) / step.rate)) left")
        }
        return parts.joined(separator: ", ")
    }

    private static func bar(_ done: Int, _ total: Int, _ width: Int) -> String {
        let filled = total > 0 ? min(width, width * done / total) : width
        return String(repeating: "█", count: filled)
            + String(repeating: "░", count: width - filled)
    }

    private static func clock(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
    }
}
