package import Hummingbird
import NIOCore

/// What lore knows of a request besides its content.
package struct ServerContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// Whether a client is connected, that may leave; none is where a router is tested alone.
    let hasClient: Bool

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        hasClient = source.channel.remoteAddress != nil
    }

    /// The part of the path that a route calls `name`.
    func parameter(_ name: String) -> String { parameters.get(name) ?? "" }
}
