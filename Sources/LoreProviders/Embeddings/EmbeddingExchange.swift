import LoreCore

/// Asks a provider for vectors: in requests that it takes, again where that is right, and with a text
/// cut where the provider finds it too long.
struct EmbeddingExchange: Sendable {
    let call: ProviderCall
    let dialect: any EmbeddingDialect
    let profile: EmbeddingProfile

    private static let limitBytes = 128 << 20
    /// Below that no model finds a text too long.
    private static let shortestCutBytes = 64

    /// The vectors of some texts, in their order.
    struct Vectors {
        var vectors: [[Float]] = []
        var tokens: [Int] = []
        var truncated: [Bool] = []

        mutating func append(_ other: Vectors) {
            vectors += other.vectors
            tokens += other.tokens
            truncated += other.truncated
        }
    }

    /// The vectors of `texts`, each of unit norm and of one length.
    ///
    /// - Throws: `ProviderError`, `CancellationError`.
    func vectors(of texts: [EmbeddableText], as role: EmbeddingRole) async throws -> Vectors {
        let cuts = texts.map { cutByEstimate($0) }
        var vectors = Vectors()
        for range in batches(of: cuts.map(\.text)) {
            vectors.append(try await fitting(cuts[range].map(\.text), as: role))
        }
        vectors.truncated = zip(vectors.truncated, cuts).map { $0 || $1.isCut }
        return vectors
    }

    /// Texts one after another, as many as a request may hold; one alone is never too many.
    func batches(of texts: [EmbeddableText]) -> [Range<Int>] {
        var batches: [Range<Int>] = []
        var (start, tokens) = (0, 0)
        for (index, text) in texts.enumerated() {
            let count = TokenEstimate.most(bytes: text.text.utf8.count)
            let isFull =
                index - start == dialect.limits.texts || tokens + count > dialect.limits.tokens
            if isFull, index > start {
                batches.append(start..<index)
                (start, tokens) = (index, 0)
            }
            tokens += count
        }
        if start < texts.count { batches.append(start..<texts.count) }
        return batches
    }

    private func cutByEstimate(_ text: EmbeddableText) -> (text: EmbeddableText, isCut: Bool) {
        guard let window = profile.window else { return (text, false) }
        let limit = TokenEstimate.bytes(ofMost: window)
        return text.text.utf8.count > limit ? (text.prefix(utf8: limit), true) : (text, false)
    }

    /// The vectors of one request's texts.
    ///
    /// Where the provider finds them too long, each half of them is asked for, and half of a text
    /// where it is the only one: a refusal costs nothing.
    private func fitting(_ texts: [EmbeddableText], as role: EmbeddingRole) async throws -> Vectors
    {
        do {
            return try await answered(texts, as: role)
        } catch let error as ProviderError {
            guard case .contextTooLong = error else { throw error }
            guard texts.count == 1 else {
                let middle = texts.count / 2
                var vectors = try await fitting(Array(texts[..<middle]), as: role)
                vectors.append(try await fitting(Array(texts[middle...]), as: role))
                return vectors
            }
            let half = texts[0].text.utf8.count / 2
            guard half >= Self.shortestCutBytes else { throw error }
            var vectors = try await fitting([texts[0].prefix(utf8: half)], as: role)
            vectors.truncated = [true]
            return vectors
        }
    }

    private func answered(_ texts: [EmbeddableText], as role: EmbeddingRole) async throws -> Vectors
    {
        var retries = 0
        while true {
            do {
                return try checked(try await reply(to: texts, as: role), of: texts.map(\.text))
            } catch {
                guard
                    try await call.waits(
                        beforeRetry: retries + 1, after: error, model: profile.name)
                else { throw call.providerError(error, model: profile.name) }
                retries += 1
            }
        }
    }

    private func reply(to texts: [EmbeddableText], as role: EmbeddingRole) async throws
        -> EmbeddingReply
    {
        try await call.limiter.admit(tokens: texts.reduce(0) { $0 + estimate($1.text) })
        let wire = dialect.encode(texts.map(\.text), as: role, model: profile.name)
        let response = try await call.send(
            .post, wire.path, body: wire.body,
            carrying: SentNotes(texts.compactMap(\.origin), for: .embedding))
        let body = try await response.body.collect(upTo: Self.limitBytes)
        guard let document = try? JSONValue(parsing: body) else {
            throw MalformedStream("it is not JSON")
        }
        if document["error"] != nil { throw FailureReport(document) }
        return try dialect.decode(document)
    }

    private func checked(_ reply: EmbeddingReply, of texts: [String]) throws -> Vectors {
        guard reply.vectors.count == texts.count else {
            throw MalformedStream("\(reply.vectors.count) vectors for \(texts.count) texts")
        }
        let tokens = reply.tokens.map { shares(of: $0, among: texts.map(\.utf8.count)) }
        return Vectors(
            vectors: try reply.vectors.map { try unit($0) },
            tokens: tokens ?? texts.map { estimate($0) },
            truncated: texts.map { _ in false })
    }

    private func estimate(_ text: String) -> Int { TokenEstimate.most(bytes: text.utf8.count) }
}

/// `vector` at length 1: what was shortened by the provider comes at another.
private func unit(_ vector: [Float]) throws -> [Float] {
    let square = vector.reduce(0.0) { $0 + Double($1) * Double($1) }
    guard square.isFinite, square > 0 else {
        throw MalformedStream("a vector is zero or not finite")
    }
    let scale = 1 / square.squareRoot()
    return vector.map { Float(Double($0) * scale) }
}

/// `total` in parts as large as `weights` are, so that they sum to it.
private func shares(of total: Int, among weights: [Int]) -> [Int] {
    let whole = max(1, weights.reduce(0, +))
    var (seen, given) = (0, 0)
    return weights.indices.map { index in
        seen += weights[index]
        let upTo = index == weights.count - 1 ? total : total * seen / whole
        defer { given = upTo }
        return upTo - given
    }
}

extension EmbeddableText {
    /// The longest start of at most so many bytes of UTF-8 that ends between two scalars.
    fileprivate func prefix(utf8 count: Int) -> EmbeddableText {
        let bytes = text.utf8
        var end =
            bytes.index(text.startIndex, offsetBy: count, limitedBy: text.endIndex)
            ?? text.endIndex
        while end.samePosition(in: text.unicodeScalars) == nil { end = bytes.index(before: end) }
        return EmbeddableText(String(text[..<end]), of: origin)
    }
}
