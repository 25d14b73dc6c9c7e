package import LoreCore

/// What a client's request can have wrong.
package enum RequestError: LoreError, Hashable {
    case foreignHost(String)
    case foreignOrigin(String)
    case noSuchRoute(method: String, path: String)
    case notJSON(contentType: String?)
    case malformedJSON(reason: String)
    case bodyTooLarge(limit: Int)
    case unknownField(name: String, nearest: String?, known: [String])
    case missingField(name: String)
    case wrongType(name: String, expected: String)
    case noSuchChoice(field: String, value: String, choices: [String])
    case belowZero(name: String)
    case exclusive(String, String)

    package var category: ErrorCategory {
        if case .noSuchRoute = self { .notFound } else { .invalidInput }
    }

    package var message: String {
        switch self {
        case .foreignHost(let host): "the host '\(host)' is not this server"
        case .foreignOrigin(let origin): "pages of '\(origin)' may not call this server"
        case .noSuchRoute(let method, let path): "there is no \(method) \(path)"
        case .notJSON(let type): "the body's type is \(type.map { "'\($0)'" } ?? "not given")"
        case .malformedJSON(let reason): "the body is not the JSON expected: \(reason)"
        case .bodyTooLarge(let limit): "the body is larger than \(limit) bytes"
        case .unknownField(let name, _, _): "the field '\(name)' is unknown"
        case .missingField(let name): "the field '\(name)' is missing"
        case .wrongType(let name, let expected): "the field '\(name)' is no \(expected)"
        case .noSuchChoice(let field, let value, _): "the field '\(field)' cannot be '\(value)'"
        case .belowZero(let name): "the field '\(name)' is below 0"
        case .exclusive(let one, let other): "the fields '\(one)' and '\(other)' exclude each other"
        }
    }

    package var hint: String {
        switch self {
        case .foreignHost: "call it by its loopback address"
        case .foreignOrigin: "call it from a program, or from a page it serves itself"
        case .noSuchRoute:
            "the routes are GET /health, GET /api/status, POST /api/search, POST /api/chat, "
                + "GET /api/conversations, GET and DELETE /api/conversations/{id}, GET /api/cost"
        case .notJSON: "send it with Content-Type: application/json"
        case .malformedJSON: "correct it"
        case .bodyTooLarge: "send less"
        case .unknownField(_, let nearest?, _): "did you mean '\(nearest)'?"
        case .unknownField(_, nil, let known): "known are \(known.joined(separator: ", "))"
        case .missingField, .wrongType, .belowZero: "add it or correct it"
        case .exclusive: "leave out one of them"
        case .noSuchChoice(_, _, let choices): "it is one of \(choices.joined(separator: ", "))"
        }
    }
}
