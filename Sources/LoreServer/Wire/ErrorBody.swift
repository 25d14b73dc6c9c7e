package import LoreCore

/// An error on stdout with `--json`.
package struct ErrorBody: Encodable, Sendable {
    struct Detail: Encodable, Sendable {
        let code: String
        let message: String
        let hint: String
    }

    let error: Detail

    package init(_ error: any LoreError) {
        self.init(code: error.category.rawValue, message: error.message, hint: error.hint)
    }

    package init(code: String, message: String, hint: String) {
        error = Detail(code: code, message: message, hint: hint)
    }
}

/// An error over HTTP.
package struct HTTPErrorBody: Encodable, Sendable {
    struct Detail: Encodable, Sendable {
        let message: String
        let type: String
        let code: String
        let hint: String
    }

    let error: Detail

    /// An error whose `type` is `invalid_request_error` where the client can mend it, else
    /// `server_error`.
    package init(code: String, type: String, message: String, hint: String) {
        error = Detail(message: message, type: type, code: code, hint: hint)
    }
}
