/// A response whose head has arrived; its body streams.
package struct HTTPResponse: Sendable {
    /// Where it came from, after redirects.
    package let address: HTTPAddress
    package let status: Int
    package let headers: HTTPHeaders
    package let body: HTTPBody

    /// - Throws: `ProviderError.http` unless the status is one of 200 to 299.
    package func requireSuccess() throws {
        guard (200..<300).contains(status) else {
            throw ProviderError.http(status: status, address: address.description)
        }
    }
}

/// The bytes of a response as they arrive, for one reader.
///
/// When more bytes wait than the client's high-water mark, the transfer pauses until they are
/// taken. Letting go of the body, or cancelling the task that reads it, ends the transfer.
package struct HTTPBody: AsyncSequence, Sendable {
    package typealias Element = [UInt8]

    let lease: TransferLease

    package struct AsyncIterator: AsyncIteratorProtocol {
        let lease: TransferLease

        /// The bytes that have arrived since the last call, never empty; `nil` at the end.
        ///
        /// - Throws: `ProviderError` where the transfer failed, `CancellationError` where the task
        ///   was cancelled.
        package mutating func next() async throws -> [UInt8]? {
            try await lease.transfer.next()
        }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(lease: lease) }

    /// The whole body.
    ///
    /// - Throws: `ProviderError.tooLarge` where it has more than `limit` bytes.
    package func collect(upTo limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in self {
            guard bytes.count + piece.count <= limit else {
                let address = lease.transfer.request.address.description
                throw ProviderError.tooLarge(address: address, limitBytes: limit)
            }
            bytes += piece
        }
        return bytes
    }

    /// The first bytes of the body: about `limit` at most.
    func start(upTo limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in self {
            bytes += piece
            if bytes.count >= limit { break }
        }
        return bytes
    }

    /// Reads at most about `limit` bytes and forgets them, so that the connection can be reused.
    func discard(upTo limit: Int) async throws {
        var count = 0
        for try await piece in self {
            count += piece.count
            if count > limit { return }
        }
    }
}

/// Keeps a transfer and its client alive; the transfer ends when nobody holds the lease.
final class TransferLease: Sendable {
    let transfer: Transfer
    private let client: HTTPClient

    init(_ transfer: Transfer, of client: HTTPClient) {
        self.transfer = transfer
        self.client = client
    }

    deinit { transfer.cancel() }
}
