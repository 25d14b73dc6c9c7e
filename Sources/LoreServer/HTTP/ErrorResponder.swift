import Hummingbird
import Logging
import LoreCore
import NIOCore

/// Turns every error into the one JSON form that `interface.md` promises.
struct ErrorResponder<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as any LoreError {
            return try response(to: error)
        } catch let error as HTTPError where error.status == .notFound {
            return try response(
                to: RequestError.noSuchRoute(
                    method: request.method.rawValue, path: request.uri.path))
        } catch let error as HTTPError {
            let status = error.status
            return try jsonResponse(
                HTTPErrorBody(
                    code: ErrorCategory.invalidInput.rawValue, type: kind(of: status),
                    message: error.body ?? status.reasonPhrase, hint: ""),
                status: status)
        } catch {
            context.logger.error("request failed", metadata: ["error": "\(type(of: error))"])
            return try jsonResponse(
                HTTPErrorBody(unexpected: error), status: .internalServerError)
        }
    }

    private func response(to error: any LoreError) throws -> Response {
        try jsonResponse(HTTPErrorBody(error), status: error.httpStatus)
    }
}

extension HTTPErrorBody {
    init(_ error: any LoreError) {
        self.init(
            code: error.category.rawValue, type: kind(of: error.httpStatus),
            message: error.message, hint: error.hint)
    }

    /// An error that lore does not know.
    init(unexpected error: any Error) {
        self.init(
            code: ErrorCategory.failure.rawValue, type: "server_error", message: "\(error)",
            hint: "the server's log says more")
    }
}

private func kind(of status: HTTPResponse.Status) -> String {
    status.kind == .clientError ? "invalid_request_error" : "server_error"
}

extension LoreError {
    /// The status of a response that reports this error.
    var httpStatus: HTTPResponse.Status {
        switch self as? RequestError {
        case .foreignHost, .foreignOrigin: return .forbidden
        case .bodyTooLarge: return .contentTooLarge
        case .notJSON: return .unsupportedMediaType
        default: break
        }
        return switch category {
        case .invalidInput: .badRequest
        case .notFound: .notFound
        case .incompatible: .conflict
        case .unavailable: .serviceUnavailable
        case .costCeiling: .unprocessableContent
        case .corruptData, .failure: .internalServerError
        }
    }
}

/// A response that carries `body` as JSON.
func jsonResponse(
    _ body: some Encodable, status: HTTPResponse.Status = .ok
) throws -> Response {
    let bytes = try WireEncoder.compact(body)
    return Response(
        status: status, headers: [.contentType: "application/json; charset=utf-8"],
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
}
