import Foundation
import HTTPTypes
import Hummingbird

/// Lets in only requests that name this machine by a loopback name, in `Host` and `Origin`.
///
/// A page on the web can make a browser call a loopback port, under a name of its own that it has
/// rebound to 127.0.0.1; the name it then sends gives it away.
///
/// - SeeAlso: RFC 9110, section 7.2
struct HostGuard<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let host = request.head.authority ?? ""
        guard isLoopback(authority: host) else { throw RequestError.foreignHost(host) }
        if let origin = request.headers[.origin] {
            guard let scheme = origin.range(of: "://"),
                isLoopback(authority: String(origin[scheme.upperBound...]))
            else { throw RequestError.foreignOrigin(origin) }
        }
        return try await next(request, context)
    }
}

/// Whether `authority`, a host with perhaps a port, is a literal loopback address or `localhost`.
package func isLoopback(authority: String) -> Bool {
    let host = hostName(of: authority).lowercased()
    if host == "localhost" || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127"
        && parts.allSatisfy { UInt8($0) != nil && !$0.hasPrefix("+") }
}

/// The host of `host`, `host:port`, `[v6]` or `[v6]:port`; empty where the text is none of them.
private func hostName(of authority: String) -> String {
    guard authority.hasPrefix("[") else {
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 1 || parts.count == 2 && UInt16(parts[1]) != nil
            ? String(parts[0]) : ""
    }
    let parts = authority.dropFirst().split(separator: "]", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].isEmpty || UInt16(parts[1].dropFirst()) != nil,
        parts[1].isEmpty || parts[1].hasPrefix(":")
    else { return "" }
    return String(parts[0])
}
