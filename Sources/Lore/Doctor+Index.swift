import LoreCore
import LoreEmbedding
import LoreStore

/// What is inside the file.
extension Doctor {
    func structure(_ name: String, _ store: Store) throws -> Check {
        let problems = try store.read { try $0.structureProblems(isThorough: true) }
        guard let first = problems.first else {
            return .sound(name, "\(store.bytes() / 1_000) kB")
        }
        // A wrong index of a table is made anew; what else SQLite finds is past mending.
        let isMendable = problems.allSatisfy { $0.contains("index") }
        let count = "\(problems.count) fault\(problems.count == 1 ? "" : "s")"
        return .faulty(
            name, "the file has \(count), the first: \(first)",
            mendedBy: isMendable ? "lore doctor --fix" : freshIndex)
    }

    func references(_ name: String, _ store: Store) throws -> Check {
        let broken = try store.read { try $0.brokenReferences() }
        guard broken > 0 else { return .sound(name) }
        return .faulty(
            name, "\(broken) rows refer to rows that are not there", mendedBy: "lore doctor --fix")
    }

    func fullText(_ name: String, _ store: Store, _ faults: ContentFaults) throws -> Check {
        let chunks = try store.read { try $0.chunkCount() }
        let isEqual = faults.chunksNotIndexed == 0 && faults.entriesWithoutChunk == 0
        guard isEqual else {
            return .faulty(
                name,
                "\(faults.chunksNotIndexed) chunks are not in the full-text index, and "
                    + "\(faults.entriesWithoutChunk) of its entries have no chunk",
                mendedBy: "lore doctor --fix")
        }
        // The comparison word by word takes SQLite's write lock, so it never meets a writer.
        guard let lease = try? WriterLease.free(besideDatabase: path, as: .thisProcess()) else {
            return .sound(name, "\(chunks) chunks; their words are compared when nobody writes")
        }
        defer { lease.release() }
        guard try Store.fullTextIsSound(at: path) else {
            return .faulty(
                name, "the full-text index has other words than the chunks",
                mendedBy: "lore doctor --fix")
        }
        return .sound(name, "\(chunks) chunks")
    }

    func documents(_ name: String, _ store: Store, _ faults: ContentFaults) throws -> Check {
        let documents = try store.read { try $0.folders().reduce(0) { $0 + $1.documents } }
        guard faults.incompleteDocuments > 0 || faults.textsWithoutChunk > 0 else {
            return .sound(name, "\(documents) notes")
        }
        return .faulty(
            name,
            "\(faults.incompleteDocuments) notes do not have the chunks they should have, and "
                + "\(faults.textsWithoutChunk) texts have no chunk",
            mendedBy: "lore doctor --fix && lore index")
    }

    func vectors(_ name: String, _ store: Store) throws -> Check {
        let (invalid, makings) = try store.read {
            (try $0.invalidVectorCount(), try $0.fingerprints())
        }
        guard invalid == 0 else {
            return .faulty(
                name, "\(invalid) vectors are not of unit length, of finite numbers, or complete",
                mendedBy: "lore doctor --fix && lore index")
        }
        let wrong = try store.read { reader in
            try makings.reduce(try reader.vectorsWithoutMembership()) {
                try $0 + vectorsWithWrongCodes(of: $1.fingerprint, reader)
            }
        }
        guard wrong == 0 else {
            return .faulty(
                name, "the codes of \(wrong) vectors are not theirs: searches may miss passages",
                mendedBy: "lore doctor --fix && lore index")
        }
        let active = makings.first(where: \.isActive)
        return .sound(
            name, active.map { "\($0.vectors) of \($0.fingerprint.model)" } ?? "none yet")
    }

    private func vectorsWithWrongCodes(
        of fingerprint: EmbeddingFingerprint, _ reader: StoreReader
    ) throws -> Int {
        var wrong = 0
        for block in try reader.codeBlocks(of: fingerprint) {
            let vectors = try reader.vectors(inBlock: block)
            var codes: [UInt8] = []
            try reader.withCodes(inBlock: block) { codes = Array($0) }
            if try vectors.codes(dimensions: fingerprint.dimensions) != codes {
                wrong += max(vectors.texts.count, 1)
            }
        }
        return wrong
    }

    func pendingVectors(_ name: String, _ store: Store) throws -> Check {
        guard let active = try store.read({ try $0.activeFingerprint() }) else {
            return .sound(name, "nothing is embedded yet")
        }
        let pending = try store.read { reader in
            try reader.pendingCount(
                for: active,
                leavingOut: models.isOnThisMachine(active.model)
                    ? [] : LocalOnly(configuration).documents(in: reader))
        }
        guard pending != 0 else { return .sound(name, "none") }
        return .faulty(name, "\(pending) passages await their vectors", mendedBy: "lore index")
    }

    func oldVectors(_ name: String, _ store: Store) throws -> Check {
        let makings = try store.read { try $0.fingerprints() }
        guard makings.contains(where: \.isActive) else { return .sound(name, "none") }
        let old = makings.filter { !$0.isActive && $0.vectors > 0 }
        guard !old.isEmpty else { return .sound(name, "none") }
        let words = old.map {
            "\($0.vectors) vectors of the model '\($0.fingerprint.model)', which does not answer, "
                + "take \($0.bytes / 1_000) kB"
        }
        return .faulty(name, words.joined(separator: "; "), mendedBy: "lore doctor --fix")
    }

    func model(_ name: String, _ store: Store) throws -> Check {
        let active = try store.read { try $0.activeFingerprint() }
        let wanted = configuration.embeddingModel(for: active)
        guard let active else {
            return .sound(name, "nothing is embedded yet; the next run would use '\(wanted)'")
        }
        guard wanted == active.model else {
            let error = KnowledgeBaseError.modelMismatch(index: active.model, configured: wanted)
            return .faulty(name, error.message, mendedBy: "lore index --model \(wanted)")
        }
        do {
            guard try models.stillMakes(active, by: wanted) else {
                let error = KnowledgeBaseError.modelBytesChanged(model: wanted)
                return .faulty(name, error.message, mendedBy: "lore index --model \(wanted)")
            }
        } catch let error as EmbeddingError {
            return .faulty(name, error.message, mendedBy: "lore models pull \(wanted)")
        }
        return .sound(name, "\(wanted), \(active.dimensions) dimensions")
    }
}
