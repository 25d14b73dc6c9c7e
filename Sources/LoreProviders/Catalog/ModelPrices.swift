package import LoreCore

/// What a model's tokens cost, in US dollars for a million of them.
package struct ModelPrices: Hashable, Sendable {
    /// One price for each kind of token.
    package struct Rates: Hashable, Sendable {
        package var input: Double
        package var output: Double
        /// Where nil, a token from the cache costs as much as any other.
        package var cached: Double?
        /// Where nil, writing to the cache is free of extra charge.
        package var cacheWrite: Double?

        package init(
            input: Double, output: Double, cached: Double? = nil, cacheWrite: Double? = nil
        ) {
            self.input = input
            self.output = output
            self.cached = cached
            self.cacheWrite = cacheWrite
        }

        fileprivate func cost(of usage: TokenUsage) -> Double {
            let plain = usage.inputTokens - usage.cachedTokens - usage.cacheWriteTokens
            let dollars =
                Double(plain) * input + Double(usage.cachedTokens) * (cached ?? input)
                + Double(usage.cacheWriteTokens) * (cacheWrite ?? input)
                + Double(usage.outputTokens) * output
            return dollars / 1_000_000
        }
    }

    /// The rates of the whole request where it has more input tokens than a limit.
    package struct LongContext: Hashable, Sendable {
        package var aboveTokens: Int
        package var rates: Rates

        package init(aboveTokens: Int, rates: Rates) {
            self.aboveTokens = aboveTokens
            self.rates = rates
        }
    }

    package var rates: Rates
    package var long: LongContext?
    package var batch: Rates?

    package init(_ rates: Rates, long: LongContext? = nil, batch: Rates? = nil) {
        self.rates = rates
        self.long = long
        self.batch = batch
    }

    /// The price of one request, in US dollars.
    package func cost(of usage: TokenUsage) -> Double {
        if let long, usage.inputTokens > long.aboveTokens { return long.rates.cost(of: usage) }
        return rates.cost(of: usage)
    }

    /// The price of one request in a batch; nil where the provider has no batches.
    package func batchCost(of usage: TokenUsage) -> Double? { batch?.cost(of: usage) }
}
