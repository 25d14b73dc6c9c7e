import CCurl

/// An absolute http or https address, parsed by the library that will connect to it.
///
/// Host rules are decided on the same parse that the connection uses, so that no two readings of
/// one text can differ.
package struct HTTPAddress: Hashable, Sendable {
    /// The whole address, user name and query included: for the connection only.
    let text: String
    package let scheme: String
    /// In lower case; an IPv6 address is in brackets.
    package let host: String
    package let port: Int
    private let path: String

    /// - Throws: `ProviderError.invalidAddress` for anything but an absolute http or https address.
    package init(_ text: String) throws {
        try self.init(reference: text, base: nil)
    }

    /// The address that `reference`, as in a `Location` header, means when read at this one.
    ///
    /// - Throws: `ProviderError.invalidAddress` where that is no http or https address.
    package func resolving(_ reference: String) throws -> HTTPAddress {
        try HTTPAddress(reference: reference, base: text)
    }

    /// Whether the host is `localhost` or a literal loopback address; a name that merely resolves
    /// to one is not.
    package var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        return octets.count == 4 && octets[0] == "127" && octets.allSatisfy(isOctet)
    }

    /// Whether requests to both addresses reach the same server.
    func hasSameOrigin(as other: HTTPAddress) -> Bool {
        (scheme, host, port) == (other.scheme, other.host, other.port)
    }

    private init(reference: String, base: String?) throws {
        let invalid = ProviderError.invalidAddress(withoutSecrets(reference))
        guard let handle = curl_url() else { throw invalid }
        defer { curl_url_cleanup(handle) }
        if let base, curl_url_set(handle, CURLUPART_URL, base, 0) != CURLUE_OK { throw invalid }
        let flags = base == nil ? 0 : UInt32(CURLU_URLENCODE)
        guard curl_url_set(handle, CURLUPART_URL, reference, flags) == CURLUE_OK,
            let text = part(CURLUPART_URL, of: handle),
            let scheme = part(CURLUPART_SCHEME, of: handle)?.lowercased(),
            scheme == "http" || scheme == "https",
            let host = part(CURLUPART_HOST, of: handle)?.lowercased(), !host.isEmpty,
            let port = part(CURLUPART_PORT, of: handle, flags: UInt32(CURLU_DEFAULT_PORT)),
            let number = Int(port)
        else { throw invalid }
        self.text = text
        self.scheme = scheme
        self.host = host
        self.port = number
        self.path = part(CURLUPART_PATH, of: handle) ?? "/"
    }
}

extension HTTPAddress: CustomStringConvertible, CustomDebugStringConvertible {
    /// The address without user name, query and fragment: fit for errors and logs.
    package var description: String {
        let isDefaultPort = port == (scheme == "https" ? 443 : 80)
        return "\(scheme)://\(host)\(isDefaultPort ? "" : ":\(port)")\(path)"
    }

    package var debugDescription: String { description }

    /// Host and port, for errors: `127.0.0.1:8080`.
    var place: String {
        let isDefaultPort = port == (scheme == "https" ? 443 : 80)
        return isDefaultPort ? host : "\(host):\(port)"
    }
}

private func part(_ part: CURLUPart, of handle: OpaquePointer, flags: UInt32 = 0) -> String? {
    var pointer: UnsafeMutablePointer<CChar>?
    guard curl_url_get(handle, part, &pointer, flags) == CURLUE_OK, let pointer else { return nil }
    defer { curl_free(pointer) }
    return String(cString: pointer)
}

private func isOctet(_ text: Substring) -> Bool {
    guard let value = UInt8(text) else { return false }
    return String(value) == text
}

/// `text` without what stands before an `@` or after a `?` or `#`: it may not parse, but it must
/// not show a password either.
private func withoutSecrets(_ text: String) -> String {
    let head = text.prefix { $0 != "?" && $0 != "#" }
    guard let at = head.lastIndex(of: "@") else { return String(head) }
    return "…" + head[at...]
}
