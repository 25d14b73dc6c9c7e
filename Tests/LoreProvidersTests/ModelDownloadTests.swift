import Crypto
import Foundation
import LoreCore
import LoreProviders
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ModelDownloadTests {
    private let server: LoopbackServer
    private let folder: TemporaryFolder
    private let weights = LoopbackReply.pattern(0..<3_000_000)
    private let pauses = Recorder<Duration>()

    init() throws {
        server = try LoopbackServer()
        folder = try TemporaryFolder()
    }

    private func file(_ path: String, _ bytes: [UInt8]) throws -> DownloadableFile {
        DownloadableFile(
            path: path, address: try HTTPAddress(server.address("/\(path)")),
            bytes: Int64(bytes.count), sha256: hexadecimal(SHA256.hash(data: bytes)))
    }

    private func download(_ files: DownloadableFile..., retries: Int = 2) -> ModelDownload {
        ModelDownload(
            of: files, into: folder.url, client: testClient(),
            retries: RetryPolicy(
                retries: retries, firstDelay: .seconds(1), longestDelay: .seconds(8)),
            timeouts: .patient, pause: { [pauses] in pauses.append($0) })
    }

    private func content(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.url.appendingPathComponent(path)))
    }

    private func names() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    }

    @Test func `files arrive whole in their places, and nothing else is left`() async throws {
        server.on("/1_Pooling/config.json", .whole(Array("{}".utf8)))
        server.on("/weights", .whole(headers: [("ETag", "\"1\"")], weights))
        let seen = Recorder<DownloadProgress>()

        try await download(
            file("1_Pooling/config.json", Array("{}".utf8)), file("weights", weights)
        ).run { seen.append($0) }

        #expect(try names() == ["1_Pooling", "1_Pooling/config.json", "weights"])
        #expect(try content("weights") == weights)
        let done = seen.all.map(\.bytesDone)
        #expect(done == done.sorted())
        let last = try #require(seen.all.last)
        #expect((last.path, last.bytesDone, last.bytesTotal) == ("weights", 3_000_002, 3_000_002))
    }

    @Test func `a second run asks for nothing`() async throws {
        server.on("/weights", .whole(weights))
        let seen = Recorder<DownloadProgress>()
        try await download(file("weights", weights)).run { _ in }

        try await download(file("weights", weights)).run { seen.append($0) }

        #expect(server.log.requests.count == 1)
        #expect(seen.all.map(\.bytesDone) == [3_000_000])
    }

    @Test func `a file that is there but wrong is fetched anew`() async throws {
        server.on("/weights", .whole(weights))
        try folder.write("other", to: "weights")

        try await download(file("weights", weights)).run { _ in }

        #expect(try content("weights") == weights)
    }

    @Test(arguments: [UInt64](1...8))
    func `a download cut anywhere goes on and has the same bytes`(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let cuts = Mutex((0..<2).map { _ in Int.random(in: 0...1_400_000, using: &random) })
        let tag = seed % 2 == 0 ? "\"v1\"" : nil
        server.on("/weights") { [weights] request in
            let cut = cuts.withLock { $0.popLast() }
            return .file(weights, tag: tag, for: request, cutAfter: cut)
        }

        try await download(file("weights", weights)).run { _ in }

        #expect(try content("weights") == weights, "seed \(seed)")
        #expect(try names() == ["weights"])
        let later = server.log.requests.dropFirst().filter { $0.headers["range"] != nil }
        #expect(later.allSatisfy { $0.headers["if-range"] == tag })
        let sent = server.log.bytesSent
        #expect(sent < weights.count + 10_000, "seed \(seed): \(sent) bytes for one file")
    }

    @Test func `a later run goes on where an earlier one failed`() async throws {
        server.on("/weights") { [weights] request in
            .file(weights, tag: "\"v1\"", for: request, cutAfter: 1_000_000)
        }
        let first = try await providerError {
            try await download(file("weights", weights), retries: 0).run { _ in }
        }
        #expect(first == .interrupted(host: "127.0.0.1:\(server.port)"))
        #expect(try names() == ["weights.part", "weights.part.etag"])

        server.on("/weights") { [weights] in .file(weights, tag: "\"v1\"", for: $0) }
        try await download(file("weights", weights)).run { _ in }

        #expect(server.log.requests.last?.headers["range"] == "bytes=1000000-")
        #expect(server.log.requests.last?.headers["if-range"] == "\"v1\"")
        #expect(try content("weights") == weights)
        #expect(try names() == ["weights"])
    }

    @Test func `a part of another version is not gone on with`() async throws {
        try folder.write(Data(repeating: 9, count: 1000), to: "weights.part")
        try folder.write("\"v1\"", to: "weights.part.etag")
        server.on("/weights") { [weights] in .file(weights, tag: "\"v2\"", for: $0) }

        try await download(file("weights", weights)).run { _ in }

        #expect(try content("weights") == weights)
        #expect(server.log.requests.count == 1)
    }

    @Test func `a server that ignores the range starts over`() async throws {
        try folder.write(Data(repeating: 9, count: 1000), to: "weights.part")
        server.on("/weights", .whole(weights))

        try await download(file("weights", weights)).run { _ in }

        #expect(server.log.requests.map { $0.headers["range"] } == ["bytes=1000-"])
        #expect(try content("weights") == weights)
    }

    @Test func `a server that cannot serve the range is asked for the whole`() async throws {
        try folder.write(Data(repeating: 9, count: 1000), to: "weights.part")
        server.on("/weights", .whole(416), .whole(weights))

        try await download(file("weights", weights)).run { _ in }

        #expect(server.log.requests.map { $0.headers["range"] } == ["bytes=1000-", nil])
        #expect(try content("weights") == weights)
    }

    @Test func `a server that sends another range is asked for the whole`() async throws {
        try folder.write(Data(repeating: 9, count: 1000), to: "weights.part")
        let range = ("Content-Range", "bytes 0-2999999/3000000")
        server.on("/weights", .whole(206, headers: [range], weights), .whole(weights))

        try await download(file("weights", weights)).run { _ in }

        #expect(server.log.requests.map { $0.headers["range"] } == ["bytes=1000-", nil])
        #expect(try content("weights") == weights)
    }

    @Test func `a part longer than the file begins anew`() async throws {
        try folder.write(Data(repeating: 9, count: 10), to: "small.part")
        server.on("/small", .whole([1, 2]))

        try await download(file("small", [1, 2])).run { _ in }

        #expect(try content("small") == [1, 2])
        #expect(server.log.requests.map { $0.headers["range"] } == [nil])
    }

    @Test func `a part that is whole already needs no request`() async throws {
        try folder.write(Data([1, 2]), to: "small.part")

        try await download(file("small", [1, 2])).run { _ in }

        #expect(try content("small") == [1, 2])
        #expect(server.log.connections == 0)
    }

    @Test func `a wrong hash is an error and leaves nothing`() async throws {
        server.on("/small", .whole(headers: [("ETag", "\"1\"")], [1, 3]))
        let wanted = try file("small", [1, 2])

        let error = try await providerError { try await download(wanted).run { _ in } }

        #expect(
            error
                == .wrongHash(
                    file: "small", expected: wanted.sha256,
                    found: hexadecimal(SHA256.hash(data: [1, 3] as [UInt8]))))
        #expect(try names() == [])
    }

    @Test func `more or fewer bytes than promised are an error and leave nothing`() async throws {
        server.on("/long", .whole([1, 2, 3]))
        server.on("/long-chunked", .chunked([.send([1, 2, 3])]))
        server.on("/short", .whole([1]))

        for (path, found) in [("long", 3), ("long-chunked", 3), ("short", 1)] {
            let error = try await providerError {
                try await download(file(path, [1, 2])).run { _ in }
            }
            #expect(error == .wrongSize(file: path, expected: 2, found: Int64(found)))
        }
        #expect(try names() == [])
    }

    @Test(arguments: [401, 403, 404])
    func `a refusal is not tried again`(status: Int) async throws {
        server.on("/small", .whole(status))

        let error = try await providerError {
            try await download(file("small", [1, 2])).run { _ in }
        }

        #expect(error == .http(status: status, address: server.address("/small")))
        #expect(server.log.requests.count == 1)
        #expect(pauses.all == [])
    }

    @Test func `a failing server is tried again after growing waits`() async throws {
        server.on("/small", .whole(500), .whole(503), .whole([1, 2]))

        try await download(file("small", [1, 2])).run { _ in }

        #expect(try content("small") == [1, 2])
        let waits = pauses.all
        try #require(waits.count == 2)
        #expect((.milliseconds(500)...(.seconds(1))).contains(waits[0]))
        #expect((.seconds(1)...(.seconds(2))).contains(waits[1]))
    }

    @Test func `a server that goes on failing is given up`() async throws {
        server.on("/small", .whole(500))

        let error = try await providerError {
            try await download(file("small", [1, 2]), retries: 2).run { _ in }
        }

        #expect(error == .http(status: 500, address: server.address("/small")))
        #expect(server.log.requests.count == 3)
    }

    @Test func `a body that always ends early is given up`() async throws {
        server.on(
            "/weights", .head(headers: [], then: [.send(Array(weights.prefix(2_000_000))), .cut]))

        let error = try await providerError {
            try await download(file("weights", weights)).run { _ in }
        }

        #expect(error == .interrupted(host: "127.0.0.1:\(server.port)"))
    }

    @Test func `a cancelled download keeps what it has`() async throws {
        server.on(
            "/weights",
            .head(
                headers: [("Content-Length", "3000000")],
                then: [.send(Array(weights.prefix(1_000_000))), .waitForPeerToClose]))
        let (pieces, yielded) = AsyncStream.makeStream(of: Int64.self)
        let job = try download(file("weights", weights))
        let task = Task { try await job.run { yielded.yield($0.bytesDone) } }
        for await done in pieces where done == 1_000_000 { break }

        task.cancel()

        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try content("weights.part").count == 1_000_000)
        await server.wait { $0.openConnections == 0 }
    }

    @Test func `two downloads do not write one file`() async throws {
        let gate = Gate()
        server.on(
            "/small",
            .head(headers: [("Content-Length", "2")], then: [.wait(gate), .send([1, 2])]))
        let first = try download(file("small", [1, 2]))
        let task = Task { try await first.run { _ in } }
        await server.wait { $0.requests.count == 1 }

        let error = try await providerError {
            try await download(file("small", [1, 2])).run { _ in }
        }
        gate.open()
        try await task.value

        let path = folder.url.appendingPathComponent("small").path
        #expect(error == .alreadyDownloading(path: path))
        #expect(try content("small") == [1, 2])
    }

    @Test func `a folder that cannot be made is named`() async throws {
        try folder.write("a file", to: "1_Pooling")

        let error = try await providerError {
            try await download(file("1_Pooling/config.json", [1])).run { _ in }
        }

        guard case .cannotWrite(folder.path + "/1_Pooling", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a redirect to another host serves the file`() async throws {
        let store = try LoopbackServer()
        server.on("/weights", .redirect(to: store.address("/blob?signature=s")))
        store.on("/blob") { [weights] in .file(weights, tag: "\"v1\"", for: $0) }
        try folder.write(Data(weights.prefix(10)), to: "weights.part")
        try folder.write("\"v1\"", to: "weights.part.etag")

        try await download(file("weights", weights)).run { _ in }

        #expect(try content("weights") == weights)
        #expect(store.log.requests.map { $0.headers["range"] } == ["bytes=10-"])
    }
}

/// Collects values from any thread.
private final class Recorder<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])

    var all: [Value] { values.withLock { $0 } }

    func append(_ value: Value) { values.withLock { $0.append(value) } }
}
