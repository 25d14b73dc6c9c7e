import Testing

@testable import Lore

@Suite struct CancellationFlagTests {
    @Test func `work outside of a task ends when the task is cancelled`() async {
        let task = Task {
            try await CancellationFlag.offPool { flag in
                while true { try flag.check() }
            }
        }
        task.cancel()

        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `what the work returns is returned`() async throws {
        let value = try await CancellationFlag.offPool { flag in
            try flag.check()
            return 3
        }

        #expect(value == 3)
    }
}
