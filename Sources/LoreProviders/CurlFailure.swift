import CCurl

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a result of libcurl means in lore's terms.
///
/// `systemError` is the `errno` of the last failed connection, 0 where there is none.
func providerError(_ code: CURLcode, host: String, systemError: CInt) -> ProviderError {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: .unreachable(host: host, why: "no such host")
    case CURLE_COULDNT_RESOLVE_PROXY: .unreachable(host: host, why: "no such proxy")
    case CURLE_COULDNT_CONNECT: .unreachable(host: host, why: connectionFailure(systemError))
    case CURLE_OPERATION_TIMEDOUT: .timeout(.connect, host: host)
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
        CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
        CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        .tls(host: host, why: words(code))
    case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR,
        CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_HTTP3, CURLE_QUIC_CONNECT_ERROR:
        .interrupted(host: host)
    default: .malformed(host: host, what: words(code))
    }
}

private func connectionFailure(_ systemError: CInt) -> String {
    switch systemError {
    case ECONNREFUSED: "connection refused"
    case 0: "no connection"
    default: String(cString: strerror(systemError)).lowercased()
    }
}

private func words(_ code: CURLcode) -> String {
    String(cString: curl_easy_strerror(code))
}
