package import LoreCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Which of the three limits of a request ran out.
package enum TimeoutKind: String, Sendable, CaseIterable {
    case connect
    case idle
    case total
}

/// A request or a download that failed.
///
/// Hosts and addresses are written without user name, query and fragment, where keys like to hide;
/// no header value and no part of a body is ever in a case, but for a provider's own short reason.
package enum ProviderError: LoreError, Equatable {
    case invalidAddress(String)
    case invalidHeader(name: String)
    case refusedOffline(host: String)
    case refusedLocalOnly(host: String, path: String)
    case unreachable(host: String, why: String)
    case timeout(TimeoutKind, host: String)
    case tls(host: String, why: String)
    case http(status: Int, address: String)
    case malformed(host: String, what: String)
    case baseMissing(variable: String)
    case keyMissing(provider: String, variable: String)
    case wrongKey(provider: String)
    case noPermission(provider: String, reason: ProviderReason)
    case unknownProvider(name: String, nearest: String?)
    case unknownModel(provider: String, model: String)
    case noEmbeddings(provider: String)
    case badRequest(provider: String, reason: ProviderReason)
    case contextTooLong(provider: String, model: String)
    case filtered(provider: String, reason: ProviderReason)
    case rateLimited(provider: String)
    case quotaSpent(provider: String)
    case overloaded(provider: String)
    case serverFailure(provider: String, status: Int?)
    case cutShort(provider: String)
    /// The largest batch in words.
    case batchTooLarge(provider: String, most: String)
    case batchExpired(provider: String)
    case batchCancelled(provider: String)
    case batchMissing(provider: String)
    case interrupted(host: String)
    case insecureRedirect(address: String)
    case tooManyRedirects(address: String, limit: Int)
    case tooLarge(address: String, limitBytes: Int)
    case clientClosed
    case wrongSize(file: String, expected: Int64, found: Int64)
    case wrongHash(file: String, expected: String, found: String)
    case cannotWrite(path: String, errno: CInt)
    case alreadyDownloading(path: String)

    package var category: ErrorCategory {
        switch self {
        case .invalidAddress, .invalidHeader, .unknownProvider, .noEmbeddings, .batchTooLarge:
            .invalidInput
        case .http(404, _), .http(410, _), .batchMissing: .notFound
        case .refusedOffline, .refusedLocalOnly, .unreachable, .timeout, .tls, .http, .interrupted:
            .unavailable
        case .insecureRedirect, .tooManyRedirects: .unavailable
        case .baseMissing, .keyMissing, .wrongKey, .noPermission, .unknownModel, .badRequest,
            .contextTooLong,
            .filtered, .rateLimited, .quotaSpent, .overloaded, .serverFailure, .cutShort,
            .batchExpired, .batchCancelled:
            .unavailable
        case .malformed, .tooLarge, .wrongSize, .wrongHash: .corruptData
        case .clientClosed, .cannotWrite, .alreadyDownloading: .failure
        }
    }

    package var message: String {
        switch self {
        case .invalidAddress(let address): "'\(address)' is not an http or https address"
        case .invalidHeader(let name): "the value of header '\(name)' holds a line break or a zero"
        case .refusedOffline(let host): "offline: refused to connect to \(host)"
        case .refusedLocalOnly(let host, let path):
            "refused to send '\(path)' to \(host): the note is local-only"
        case .unreachable(let host, let why): "cannot reach \(host): \(why)"
        case .timeout(.connect, let host): "\(host) did not accept a connection in time"
        case .timeout(.idle, let host): "\(host) sent nothing for too long"
        case .timeout(.total, let host): "\(host) did not finish its answer in time"
        case .tls(let host, let why): "no secure connection to \(host): \(why)"
        case .http(let status, let address): "\(address) answered \(status)\(meaning(of: status))"
        case .malformed(let host, let what): "\(host) sent a malformed answer: \(what)"
        case .baseMissing(let variable): "the server's address is not set (\(variable))"
        case .keyMissing(let provider, _): "\(provider) needs a key"
        case .wrongKey(let provider): "\(provider) does not accept the key"
        case .noPermission(let provider, let reason):
            "\(provider) does not allow this\(reason.suffix)"
        case .unknownProvider(let name, _): "'\(name)' names no provider"
        case .unknownModel(let provider, let model): "\(provider) has no model '\(model)'"
        case .noEmbeddings(let provider): "\(provider) has no embedding models"
        case .badRequest(let provider, let reason):
            "\(provider) refused the request\(reason.suffix)"
        case .contextTooLong(let provider, let model):
            "the request is longer than \(provider)'s '\(model)' can read"
        case .filtered(let provider, let reason):
            "\(provider)'s filter held the request back\(reason.suffix)"
        case .rateLimited(let provider): "\(provider) has had too many requests"
        case .quotaSpent(let provider): "the quota or credit at \(provider) is spent"
        case .overloaded(let provider): "\(provider) is overloaded"
        case .serverFailure(let provider, let status):
            "\(provider) failed\(status.map { " with status \($0)" } ?? "")"
        case .cutShort(let provider): "\(provider) broke off its answer before the end"
        case .batchTooLarge(let provider, let most):
            "\(provider) takes at most \(most) in one batch"
        case .batchExpired(let provider): "\(provider) did not come to this request within a day"
        case .batchCancelled(let provider): "the batch was cancelled at \(provider)"
        case .batchMissing(let provider): "\(provider) does not know this batch"
        case .interrupted(let host): "\(host) broke off in the middle of an exchange"
        case .insecureRedirect(let address): "\(address) redirects from https to http"
        case .tooManyRedirects(let address, let limit):
            "\(address) redirects more than \(limit) times"
        case .tooLarge(let address, let limit):
            "\(address) answered with more than \(limit) bytes"
        case .clientClosed: "the HTTP client was closed during a request"
        case .wrongSize(let file, let expected, let found):
            "'\(file)' should have \(expected) bytes, the server sent \(found)"
        case .wrongHash(let file, let expected, let found):
            "'\(file)' should have SHA-256 \(expected), what came has \(found)"
        case .cannotWrite(let path, let errno): "cannot write '\(path)': \(systemMessage(errno))"
        case .alreadyDownloading(let path): "'\(path)' is being written by another download"
        }
    }

    package var hint: String {
        switch self {
        case .invalidAddress: "check the base address in the settings"
        case .invalidHeader: "check the key in the environment for stray characters"
        case .refusedOffline: "leave out --offline, or use a server on this machine"
        case .refusedLocalOnly:
            "use a model on this machine, or change local_only_folders, local_only_tags or the note"
        case .unreachable: "check the address and that the server runs"
        case .timeout(.connect, _): "check the address and the network, or raise connect_timeout"
        case .timeout(.idle, _): "try again, or raise idle_timeout"
        case .timeout(.total, _): "try again, or raise total_timeout"
        case .tls: "check the address and the system's certificates"
        case .http(let status, _): advice(for: status)
        case .malformed, .tooLarge: "check that the address is the right one"
        case .baseMissing(let variable):
            "set \(variable), or base_url for the model in the settings"
        case .keyMissing(_, let variable): "set \(variable) in the environment"
        case .wrongKey: "check the key in the environment"
        case .noPermission: "check what the key may do"
        case .unknownProvider(_, let nearest?): "did you mean '\(nearest)'?"
        case .unknownProvider: "write provider:model, such as ollama:qwen3"
        case .unknownModel: "check its name and the base address"
        case .noEmbeddings: "choose one of another provider, or one on this machine"
        case .badRequest: ""
        case .contextTooLong: "ask with fewer passages or a shorter conversation"
        case .filtered: "ask in other words"
        case .rateLimited, .overloaded: "try again later"
        case .quotaSpent: "wait for the next period, or raise the limit at the provider"
        case .serverFailure, .cutShort: "try again"
        case .batchTooLarge: "submit the questions in several files"
        case .batchExpired, .batchCancelled: "submit it again"
        case .batchMissing: "check that the key is that of the account which submitted it"
        case .interrupted: "try again"
        case .insecureRedirect, .tooManyRedirects: "check the address"
        case .clientClosed: ""
        case .wrongSize, .wrongHash: "nothing was kept; try again, or from another source"
        case .cannotWrite: "check the permissions and the free space"
        case .alreadyDownloading: "wait for it to end"
        }
    }

    /// Whether the same request may well succeed a little later.
    package var isTransient: Bool {
        switch self {
        case .timeout(.total, _): false
        case .unreachable, .timeout, .interrupted: true
        case .rateLimited, .overloaded, .serverFailure, .cutShort: true
        case .http(let status, _): status == 408 || status == 429 || status >= 500
        default: false
        }
    }
}

extension ProviderReason {
    /// For the end of a sentence; empty where the provider gave no reason.
    fileprivate var suffix: String { text.isEmpty ? "" : ": \(text)" }
}

private func meaning(of status: Int) -> String {
    switch status {
    case 401: " (not authorised)"
    case 403: " (forbidden)"
    case 404, 410: " (not found)"
    case 408: " (timeout)"
    case 429: " (too many requests)"
    case 500...: " (the server failed)"
    default: ""
    }
}

private func advice(for status: Int) -> String {
    switch status {
    case 401, 403: "check the key and what it may do"
    case 404, 410: "check the name and the address"
    case 408, 429, 500...: "try again later"
    default: "check that the address is the right one"
    }
}

private func systemMessage(_ errno: CInt) -> String {
    String(cString: strerror(errno))
}
