import Foundation
package import Hummingbird
package import Lore
import LoreCore
import NIOCore

/// The routes of `/api`: each reads a request, calls the knowledge base and writes what it says.
package struct Routes: Sendable {
    private let knowledgeBase: KnowledgeBase

    package init(knowledgeBase: KnowledgeBase) { self.knowledgeBase = knowledgeBase }

    package func router() -> Router<ServerContext> {
        let router = Router(context: ServerContext.self)
        router.addMiddleware {
            ErrorResponder()
            HostGuard()
        }
        router.get("health") { _, _ in try jsonResponse(HealthBody()) }
        router.get("api/status") { _, _ in try jsonResponse(StatusBody(knowledgeBase.status())) }
        router.post("api/search") { request, _ in try await search(request) }
        router.post("api/chat") { request, context in try await chat(request, context) }
        router.get("api/conversations") { _, _ in
            try jsonResponse(ConversationsBody(knowledgeBase.conversations()))
        }
        router.get("api/conversations/:id") { _, context in
            let (id, turns) = try knowledgeBase.turns(ofConversation: context.parameter("id"))
            return try jsonResponse(ConversationBody(id: id, turns: turns))
        }
        router.delete("api/conversations/:id") { _, context in
            let id = try knowledgeBase.deleteConversation(context.parameter("id"))
            return try jsonResponse(DeletedBody(id))
        }
        router.get("api/cost") { _, _ in
            try jsonResponse(CostBody(knowledgeBase.costs(isByDay: true)))
        }
        return router
    }

    private func search(_ request: Request) async throws -> Response {
        var request = request
        let body: SearchRequest = try decoded(await json(&request))
        let query = Query(
            text: body.query, mode: body.mode,
            limit: body.limit ?? knowledgeBase.configuration.searchLimit, filter: body.filter)
        return try jsonResponse(
            SearchBody(try await knowledgeBase.search(query), explains: body.explain))
    }

    private func chat(_ request: Request, _ context: ServerContext) async throws -> Response {
        var request = request
        let bytes = try await json(&request)
        let body: ChatRequest = try decoded(bytes)
        let asked = try body.asked(in: bytes.readableBytesView)
        guard body.stream || accepts(request, AnswerStreaming.mediaType) else {
            return try await whole(asked, request, context)
        }
        return try await AnswerStreaming(knowledgeBase: knowledgeBase).response(
            to: asked, request, context)
    }

    /// The answer when it is whole; a client that leaves ends the model's request.
    private func whole(
        _ asked: AskRequest, _ request: Request, _ context: ServerContext
    ) async throws -> Response {
        let isRemote = (asked.model ?? knowledgeBase.configuration.model).contains(":")
        guard context.hasClient, isRemote else {
            return try jsonResponse(ChatBody(try await knowledgeBase.ask(asked)))
        }
        let work = Task { try await knowledgeBase.ask(asked) }
        let answer = try await withTaskCancellationHandler {
            try await request.body.consumeWithInboundCloseHandler { _ in
                try await work.value
            } onInboundClosed: {
                work.cancel()
            }
        } onCancel: {
            work.cancel()
        }
        var response = try jsonResponse(ChatBody(answer))
        // Watching for the client to leave uses the connection up.
        response.headers[.connection] = "close"
        return response
    }

    private func accepts(_ request: Request, _ type: String) -> Bool {
        request.headers[.accept]?.lowercased().contains(type) ?? false
    }

    /// The bytes of a body that says it is JSON.
    private func json(_ request: inout Request) async throws -> ByteBuffer {
        let type = request.headers[.contentType]
        // A form's type is what a foreign page can send without asking; JSON's is not.
        guard let type, type.lowercased().hasPrefix("application/json") else {
            throw RequestError.notJSON(contentType: type)
        }
        return try await collected(&request)
    }

    private func decoded<Body: Decodable>(_ bytes: ByteBuffer) throws -> Body {
        do {
            return try JSONDecoder().decode(Body.self, from: Data(bytes.readableBytesView))
        } catch let error as DecodingError {
            throw RequestError.malformedJSON(reason: reason(of: error))
        }
    }

    private func collected(_ request: inout Request) async throws -> ByteBuffer {
        let limit = Configuration.maxRequestBytes
        do {
            return try await request.collectBody(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw RequestError.bodyTooLarge(limit: limit)
        }
    }

    private func reason(of error: DecodingError) -> String {
        switch error {
        case .dataCorrupted(let context), .keyNotFound(_, let context),
            .typeMismatch(_, let context), .valueNotFound(_, let context):
            context.debugDescription
        @unknown default: "\(error)"
        }
    }
}

/// The answer to `GET /health`: nothing but that the server lives.
private struct HealthBody: Encodable {
    let status = "ok"
}
