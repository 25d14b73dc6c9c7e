import LoreCore

/// A request as it goes over the wire.
struct WireRequest: Sendable {
    /// Below the provider's base address, with `/`.
    var path: String
    var body: JSONValue
    /// What of the request had to be left out.
    var notices: [ChatNotice] = []
}
