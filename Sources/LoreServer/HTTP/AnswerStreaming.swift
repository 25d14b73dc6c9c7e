import Hummingbird
import Lore
import LoreCore
import NIOCore

/// Sends an answer as it is written, as server-sent events.
///
/// - SeeAlso: WHATWG HTML, 9.2 "Server-sent events"
struct AnswerStreaming {
    static let mediaType = "text/event-stream"

    let knowledgeBase: KnowledgeBase

    /// What is sent next.
    private enum Frame: Sendable {
        case event(AnswerEvent)
        case failure(any Error)
        /// Says that the server lives.
        case ping
        case clientLeft
    }

    /// The response, once the sources are found: what fails before is an ordinary error.
    ///
    /// The body of `request` has been collected, so that only the client's leaving is still to come.
    func response(
        to asked: AskRequest, _ request: Request, _ context: ServerContext
    ) async throws -> Response {
        let events = knowledgeBase.answer(asked)
        var first: [AnswerEvent] = []
        for try await event in events {
            first.append(event)
            if case .sources = event { break }
        }
        let body = ResponseBody { [first] writer in
            try await write(first, events, to: &writer, until: request, context)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "\(Self.mediaType); charset=utf-8", .cacheControl: "no-cache",
                // Watching for the client to leave uses the connection up.
                .connection: "close",
            ],
            body: body)
    }

    private func write(
        _ first: [AnswerEvent], _ rest: AsyncThrowingStream<AnswerEvent, any Error>,
        to writer: inout any ResponseBodyWriter, until request: Request, _ context: ServerContext
    ) async throws {
        let (frames, continuation) = AsyncStream<Frame>.makeStream()
        first.forEach { continuation.yield(.event($0)) }
        let work = [feed(rest, to: continuation), ping(continuation)]
        defer { work.forEach { $0.cancel() } }
        if context.hasClient {
            try await request.body.consumeWithInboundCloseHandler { _ in
                try await Self.write(frames, to: &writer)
            } onInboundClosed: {
                continuation.yield(.clientLeft)
            }
        } else {
            try await Self.write(frames, to: &writer)
        }
    }

    private func feed(
        _ events: AsyncThrowingStream<AnswerEvent, any Error>,
        to continuation: AsyncStream<Frame>.Continuation
    ) -> Task<Void, Never> {
        Task {
            do {
                for try await event in events { continuation.yield(.event(event)) }
            } catch {
                continuation.yield(.failure(error))
            }
            continuation.finish()
        }
    }

    private func ping(_ continuation: AsyncStream<Frame>.Continuation) -> Task<Void, Never> {
        Task {
            // Only a cancellation ends the sleep early.
            while (try? await Task.sleep(for: .seconds(Configuration.pingInterval))) != nil {
                continuation.yield(.ping)
            }
        }
    }

    private static func write(
        _ frames: AsyncStream<Frame>, to writer: inout any ResponseBodyWriter
    ) async throws {
        for await frame in frames {
            switch frame {
            case .event(let event):
                guard let text = try serverSentEvent(event) else { continue }
                try await writer.write(ByteBuffer(string: text))
            case .failure(let error):
                try await writer.write(ByteBuffer(string: serverSentEvent(of: error)))
            case .ping: try await writer.write(ByteBuffer(string: ": ping\n\n"))
            case .clientLeft: throw CancellationError()
            }
        }
        try await writer.write(ByteBuffer(string: "data: [DONE]\n\n"))
        try await writer.finish(nil)
    }
}
