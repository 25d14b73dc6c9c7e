package import Foundation

/// How far a download is.
package struct DownloadProgress: Hashable, Sendable {
    /// The file on its way.
    package let path: String
    /// Of all files together, those included that were there before.
    package let bytesDone: Int64
    package let bytesTotal: Int64
}

/// Brings files into a folder: each whole and with its right hash, or not at all.
///
/// What is there and right is not fetched again; what an earlier run left half done goes on from
/// there. A file is written as `NAME.part` and takes its name only when its hash is right.
package struct ModelDownload: Sendable {
    private let files: [DownloadableFile]
    private let folder: URL
    private let client: HTTPClient
    private let retries: RetryPolicy
    private let timeouts: HTTPTimeouts
    private let pause: @Sendable (Duration) async throws -> Void

    /// - Parameters:
    ///   - files: Brought in this order.
    ///   - folder: Is made where it does not exist; the same for every run, or nothing is resumed.
    ///   - client: Its host rule decides what may be reached.
    ///   - retries: Of each file, without getting notably further.
    ///   - timeouts: The total should be `nil`: a slow line is no failure.
    ///   - pause: Waits between tries.
    package init(
        of files: [DownloadableFile], into folder: URL, client: HTTPClient, retries: RetryPolicy,
        timeouts: HTTPTimeouts,
        pause: @escaping @Sendable (Duration) async throws -> Void = {
            try await Task.sleep(for: $0)
        }
    ) {
        self.files = files
        self.folder = folder
        self.client = client
        self.retries = retries
        self.timeouts = timeouts
        self.pause = pause
    }

    /// Brings every file, one after the other.
    ///
    /// - Parameter progress: Called for every piece that arrives, on any thread.
    /// - Throws: `ProviderError`; `CancellationError` where the task was cancelled. What has come
    ///   so far stays for the next run, except where it proved wrong.
    package func run(progress: @escaping @Sendable (DownloadProgress) -> Void) async throws {
        let total = files.reduce(0) { $0 + $1.bytes }
        var before: Int64 = 0
        for file in files {
            let done = before
            let report: @Sendable (Int64) -> Void = { bytes in
                progress(
                    DownloadProgress(path: file.path, bytesDone: done + bytes, bytesTotal: total))
            }
            try await bring(file, report: report)
            report(file.bytes)
            before += file.bytes
        }
    }

    private func bring(_ file: DownloadableFile, report: (Int64) -> Void) async throws {
        let place = try place(of: file)
        if try isComplete(file, at: place) { return }
        let part = try PartFile(of: place)
        try await fill(part, with: file, report: report)
        try part.finish(sha256: file.sha256, name: file.path)
    }

    private func place(of file: DownloadableFile) throws -> URL {
        let place = folder.appendingPathComponent(file.path)
        let parent = place.deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        } catch {
            throw ProviderError.cannotWrite(path: parent.path, errno: systemNumber(of: error))
        }
        return place
    }

    private func isComplete(_ file: DownloadableFile, at place: URL) throws -> Bool {
        guard FileManager.default.fileExists(atPath: place.path) else { return false }
        return try sha256Digits(of: place) == file.sha256
    }

    /// Tries until the part is full; only tries in a row that get little further count as retries.
    private func fill(
        _ part: PartFile, with file: DownloadableFile, report: (Int64) -> Void
    ) async throws {
        var generator = SystemRandomNumberGenerator()
        var failures = 0
        var best = part.bytes
        while part.bytes != file.bytes {
            do {
                try await fetch(part, of: file, report: report)
            } catch let error as ProviderError where error.isTransient {
                failures = part.bytes - best >= notableBytes ? 1 : failures + 1
                best = max(best, part.bytes)
                guard failures <= retries.retries else { throw error }
                try await pause(retries.delay(beforeRetry: failures, using: &generator))
            }
        }
    }

    /// One request for what is missing of the part.
    private func fetch(
        _ part: PartFile, of file: DownloadableFile, report: (Int64) -> Void
    ) async throws {
        if part.bytes > file.bytes { try part.restart(tag: nil) }
        let response = try await client.send(request(for: part, of: file))
        if response.status == 416 && part.bytes > 0 {
            // What is there fits nothing the server has; the next try begins anew.
            return try part.restart(tag: nil)
        }
        try response.requireSuccess()
        guard try prepare(part, for: response, of: file) else { return }
        try await write(response.body, to: part, of: file, report: report)
    }

    private func request(for part: PartFile, of file: DownloadableFile) -> HTTPRequest {
        var headers: HTTPHeaders = ["Accept": "*/*", "Accept-Encoding": "identity"]
        if part.bytes > 0 {
            headers["Range"] = "bytes=\(part.bytes)-"
            headers["If-Range"] = part.tag
        }
        return HTTPRequest(
            .get, file.address, headers: headers, redirects: .follow(limit: 10), timeouts: timeouts)
    }

    /// Whether the response's body can be appended, after the part has been cut to where it begins.
    private func prepare(
        _ part: PartFile, for response: HTTPResponse, of file: DownloadableFile
    ) throws -> Bool {
        let offset = part.bytes
        if response.status == 206 && offset > 0 {
            let range = "bytes \(offset)-\(file.bytes - 1)/\(file.bytes)"
            if response.headers["Content-Range"] == range { return true }
            // Another range than the one asked for: only the whole file helps.
            try part.restart(tag: nil)
            return false
        }
        guard response.status == 200 else {
            throw ProviderError.http(
                status: response.status, address: response.address.description)
        }
        try part.restart(tag: response.headers["ETag"])
        if let length = response.headers["Content-Length"].flatMap({ Int64($0) }),
            length != file.bytes
        {
            throw wrongSize(file, found: length, part)
        }
        return true
    }

    private func write(
        _ body: HTTPBody, to part: PartFile, of file: DownloadableFile, report: (Int64) -> Void
    ) async throws {
        for try await piece in body {
            try part.append(piece)
            guard part.bytes <= file.bytes else { throw wrongSize(file, found: part.bytes, part) }
            report(part.bytes)
        }
        guard part.bytes == file.bytes else {
            throw ProviderError.interrupted(host: file.address.place)
        }
    }

    private func wrongSize(
        _ file: DownloadableFile, found: Int64, _ part: PartFile
    ) -> ProviderError {
        part.remove()
        return .wrongSize(file: file.path, expected: file.bytes, found: found)
    }
}

/// A try that brought so much was no failure of the line as such.
private let notableBytes: Int64 = 1 << 20

private func systemNumber(of error: any Error) -> CInt {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    return CInt(truncatingIfNeeded: underlying?.code ?? Int(EIO))
}
