package import Foundation

/// The time and how to let it pass: in tests neither is real.
package struct Timekeeper: Sendable {
    package var now: @Sendable () -> Date
    package var sleep: @Sendable (Duration) async throws -> Void

    package init(
        now: @escaping @Sendable () -> Date,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.sleep = sleep
    }

    package static let system = Timekeeper(
        now: { Date() }, sleep: { try await Task.sleep(for: $0) })
}
