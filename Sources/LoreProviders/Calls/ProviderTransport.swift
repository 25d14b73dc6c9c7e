/// What every request of a program to its providers shares.
package struct ProviderTransport: Sendable {
    package var client: HTTPClient
    package var policy: RetryPolicy
    package var time: Timekeeper

    /// As the official libraries do it: twice again, after half a second and then a second, or when
    /// the provider says.
    package static let defaultPolicy = RetryPolicy(
        retries: 2, firstDelay: .milliseconds(500), longestDelay: .seconds(8))

    package init(
        client: HTTPClient, policy: RetryPolicy = defaultPolicy, time: Timekeeper = .system
    ) {
        self.client = client
        self.policy = policy
        self.time = time
    }
}
