/// What is known of an embedding model before it is asked.
package struct EmbeddingProfile: Hashable, Sendable {
    /// What the provider calls it.
    package let name: String
    /// Tokens of one text at most; nil where nobody says.
    package var window: Int?
    /// Of its vectors; nil where nobody says.
    package var dimensions: Int?
    /// US dollars for a million tokens; nil where nobody says.
    package var price: Double?

    package init(
        name: String, window: Int? = nil, dimensions: Int? = nil, price: Double? = nil
    ) {
        self.name = name
        self.window = window
        self.dimensions = dimensions
        self.price = price
    }
}
