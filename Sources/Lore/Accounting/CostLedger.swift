import LoreCore
import LoreLinearAlgebra
import LoreProviders
import LoreStore
import Synchronization

/// Keeps account of what requests to models cost, and keeps that below what the user allows.
///
/// What a request may cost at most is set aside before it goes out, so that several at once do not
/// pass a ceiling together; what it did cost takes its place when it ends.
final class CostLedger: Sendable {
    private let configuration: Configuration
    private let opened: OpenedStore
    private let journal: Journal
    private let time: LocalTime
    /// US dollars of requests that are on their way.
    private let reserved = Mutex(0.0)

    init(
        configuration: Configuration, opened: OpenedStore, journal: Journal, time: LocalTime
    ) {
        self.configuration = configuration
        self.opened = opened
        self.journal = journal
        self.time = time
    }

    /// What one answer may cost, and what all its requests have taken.
    final class Purse: Sendable {
        let limit: Double?
        private let taken = Mutex(Taken())

        private struct Taken {
            var tokens = TokenUsage()
            var paid = 0.0
            var isPriceKnown: Bool?
        }

        init(limit: Double?) { self.limit = limit }

        var spent: Double { taken.withLock { $0.paid } }

        /// The cost is nil where a price is not known; where others are, one that needs no key has none.
        var usage: Usage {
            taken.withLock { taken in
                guard taken.tokens != TokenUsage() else { return .none }
                return Usage(
                    inputTokens: taken.tokens.inputTokens, outputTokens: taken.tokens.outputTokens,
                    cachedTokens: taken.tokens.cachedTokens,
                    cost: taken.isPriceKnown == true ? taken.paid : nil)
            }
        }

        func pay(_ cost: Double?, for usage: TokenUsage, isPaid: Bool) {
            taken.withLock { taken in
                taken.tokens.inputTokens += usage.inputTokens
                taken.tokens.outputTokens += usage.outputTokens
                taken.tokens.cachedTokens += usage.cachedTokens
                taken.paid += cost ?? 0
                if cost != nil || isPaid {
                    taken.isPriceKnown = cost != nil && taken.isPriceKnown != false
                }
            }
        }
    }

    /// Sets aside what `request` may cost at most.
    ///
    /// - Returns: US dollars, to be given to `settle`.
    /// - Throws: `KnowledgeBaseError.answerCeiling`; `.priceUnknown` where a ceiling is set that cannot
    ///   be kept.
    func reserve(
        for request: ChatRequest, to model: RemoteChatModel, from purse: Purse
    ) async throws -> Double {
        guard let most = model.mostCost(of: request) else {
            guard !model.isPaid || !hasCeiling(purse) else {
                throw KnowledgeBaseError.priceUnknown(model: model.name)
            }
            return 0
        }
        try await setAside(most, from: purse)
        return most
    }

    /// Sets `most` US dollars aside before it is checked that they pass no ceiling, so that of two requests
    /// at once each counts for the other.
    private func setAside(_ most: Double, from purse: Purse) async throws {
        reserved.withLock { $0 += most }
        guard most > 0, hasCeiling(purse) else { return }
        do {
            try await check(purse, most)
        } catch {
            reserved.withLock { $0 -= most }
            throw error
        }
    }

    /// What `body` returns, which may cost `most` US dollars and enters itself what it did.
    ///
    /// - Throws: `KnowledgeBaseError.answerCeiling` of a day or a month, and what `body` throws.
    func settingAside<Result>(
        _ most: Double, _ body: () async throws -> Result
    ) async throws -> Result {
        try await setAside(most, from: Purse(limit: nil))
        defer { reserved.withLock { $0 -= most } }
        return try await body()
    }

    /// Keeps what a request took, in place of what was set aside for it; one that took nothing is not
    /// entered.
    func settle(
        _ usage: TokenUsage, of model: RemoteChatModel, for purpose: ModelCall.Purpose,
        reserved amount: Double, from purse: Purse, inputBytes: Int = 0
    ) {
        reserved.withLock { $0 -= amount }
        guard usage != TokenUsage() else { return }
        let cost = model.cost(of: usage)
        purse.pay(cost, for: usage, isPaid: model.isPaid)
        record(usage, of: model.name, for: purpose, cost: cost, inputBytes: inputBytes)
    }

    /// Keeps what one request, or several together, took; `inputBytes` is the text of one, 0 where no
    /// one counted its tokens.
    func record(
        _ usage: TokenUsage, of model: String, for purpose: ModelCall.Purpose, cost: Double?,
        inputBytes: Int = 0
    ) {
        let call = ModelCall(
            at: time.stamp, purpose: purpose, model: model, usage: usage, cost: cost,
            inputBytes: inputBytes)
        journal.write { try $0.add([call]) }
    }

    /// Whether a day or a month has a ceiling.
    var hasPeriod: Bool { configuration.maxCostDay != nil || configuration.maxCostMonth != nil }

    private func hasCeiling(_ purse: Purse) -> Bool { purse.limit != nil || hasPeriod }

    // `next` is set aside already.
    private func check(_ purse: Purse, _ next: Double) async throws {
        try check(.answer, purse.limit, next) { purse.spent }
        // What this process has paid must have reached the index.
        await journal.written()
        let pending = reserved.withLock { $0 } - next
        try await Parallel.offPool { [self] in
            try check(.day, configuration.maxCostDay, next) {
                try taken(since: time.stamp(atStartOf: time.today)) + pending
            }
            try check(.month, configuration.maxCostMonth, next) {
                try taken(since: time.startOfMonth) + pending
            }
        }
    }

    /// What was spent since `moment`, and what batches that are out may cost: that is entered on the day on
    /// which they are collected.
    private func taken(since moment: String) throws -> Double {
        try opened.reader().read { try $0.cost(since: moment) + $0.costOfOpenBatches() }
    }

    private func check(
        _ period: CostPeriod, _ limit: Double?, _ next: Double, _ spent: () throws -> Double
    ) throws {
        guard let limit else { return }
        let spent = try spent()
        guard spent + next <= limit else {
            throw KnowledgeBaseError.answerCeiling(
                period: period, limit: limit, spent: spent, next: next)
        }
    }
}

extension RemoteChatModel {
    /// What a request took, in US dollars; nil where the price is not known.
    func cost(of usage: TokenUsage) -> Double? { profile.prices?.cost(of: usage) }

    /// What `request` costs at most, by an estimate of its tokens; nil where the price is not known.
    fileprivate func mostCost(of request: ChatRequest) -> Double? {
        cost(of: mostUsage(of: request))
    }

    /// The same where it goes in a batch.
    func mostBatchCost(of request: ChatRequest) -> Double? {
        profile.prices?.batchCost(of: mostUsage(of: request))
    }

    private func mostUsage(of request: ChatRequest) -> TokenUsage {
        let limits = [request.parameters.maxTokens, profile.maxOutput, window].compactMap { $0 }
        return TokenUsage(
            inputTokens: TokenEstimate.most(bytes: request.inputBytes),
            outputTokens: limits.min() ?? 0)
    }
}
