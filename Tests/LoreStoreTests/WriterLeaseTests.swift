import Foundation
import LoreStore
import Synchronization
import TestSupport
import Testing

@Suite struct WriterLeaseTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/a/lore.db" }

    init() throws { folder = try TemporaryFolder() }

    private func holder(_ command: String) -> LeaseHolder {
        LeaseHolder(processID: 4242, command: command, since: noon)
    }

    @Test func `one at a time has the lease, and others are told who`() throws {
        let lease = try #require(try WriterLease.free(besideDatabase: path, as: holder("first")))

        #expect(try WriterLease.free(besideDatabase: path, as: holder("second")) == nil)
        #expect(WriterLease.currentHolder(besideDatabase: path) == holder("first"))
        lease.release()
        #expect(WriterLease.currentHolder(besideDatabase: path) == nil)
        #expect(try WriterLease.free(besideDatabase: path, as: holder("second")) != nil)
    }

    @Test func `a lease that nobody refers to any more is free`() throws {
        do { _ = try WriterLease.free(besideDatabase: path, as: holder("first")) }

        #expect(!WriterLease.isHeld(besideDatabase: path))
    }

    @Test func `the lease file is its owner's alone and the database is not made`() throws {
        let lease = try WriterLease.free(besideDatabase: path, as: holder("first"))

        let attributes = try FileManager.default.attributesOfItem(atPath: path + "-lease")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(!FileManager.default.fileExists(atPath: path))
        lease?.release()
    }

    @Test func `to look for a holder makes no file`() throws {
        #expect(!WriterLease.isHeld(besideDatabase: path))
        #expect(!FileManager.default.fileExists(atPath: path + "-lease"))
    }

    @Test func `who waits says once for whom, and goes on when it may`() async throws {
        let first = try #require(try WriterLease.free(besideDatabase: path, as: holder("first")))
        let said = Mutex<[LeaseHolder?]>([])

        let second = try await WriterLease.acquire(
            besideDatabase: path, as: holder("second"), waitingAtMost: .seconds(60)
        ) { other in
            said.withLock { $0.append(other) }
            first.release()
        }

        #expect(said.withLock { $0 } == [holder("first")])
        #expect(WriterLease.currentHolder(besideDatabase: path) == holder("second"))
        second.release()
    }

    @Test func `who waits too long is told who did not let go`() async throws {
        let first = try WriterLease.free(besideDatabase: path, as: holder("first"))

        await #expect(throws: StoreError.writerBusy(path: path, holder: holder("first"))) {
            _ = try await WriterLease.acquire(
                besideDatabase: path, as: holder("second"), waitingAtMost: .zero
            ) { _ in }
        }
        first?.release()
    }

    @Test func `a holder is described by its process, command and time of day`() {
        let text = holder("lore index --watch").description

        #expect(text.hasPrefix("process 4242 (lore index --watch), which writes since "))
        #expect(text.suffix(8).count { $0 == ":" } == 2)
    }
}
