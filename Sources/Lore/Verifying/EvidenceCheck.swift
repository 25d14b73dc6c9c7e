import Foundation
import LoreChat
import LoreCore
import LoreIngest
import LoreStore

/// What can be said of a citation.
enum EvidenceOutcome: Sendable {
    case checked(CheckedCitation)
    /// Its file, or the folder that it lies in, cannot be read: it may be there or not.
    case unreadable(SkippedFile)

    var checked: CheckedCitation? {
        if case .checked(let citation) = self { citation } else { nil }
    }
}

/// Checks what answers cite against the files: each in its own note first, and what is there no more in
/// all others.
struct EvidenceCheck {
    let files: NoteFiles

    /// A note that is cited.
    private struct Note: Hashable {
        let folder: String
        let path: String
    }

    /// What is at its place.
    private enum Reading {
        case text(NoteText)
        case absent
        case unreadable(SkippedFile)
    }

    /// What its own note says of a citation.
    private enum Finding {
        case found(EvidenceOutcome)
        case missing(MissingEvidence)
    }

    /// The outcome for each of `cited`, in its order, and a sentence for each place that could not be
    /// searched.
    ///
    /// Each note is read once.
    ///
    /// - Throws: `StoreError`, `CancellationError`.
    func outcomes(
        of cited: [CitedPassage]
    ) async throws -> (outcomes: [EvidenceOutcome], notices: [String]) {
        let findings = try await findings(of: cited)
        let missing = findings.compactMap { finding -> MissingEvidence? in
            if case .missing(let missing) = finding { missing } else { nil }
        }
        var search = EvidenceSearch(files: files, missing: missing)
        try await search.run()
        var places = search.places[...]
        let outcomes = findings.map { finding -> EvidenceOutcome in
            switch finding {
            case .found(let outcome): outcome
            case .missing(let missing):
                .checked(missing.outcome(at: places.removeFirst(), paths: files.paths))
            }
        }
        return (outcomes, foldersGone(of: cited) + search.notices)
    }

    /// What the notes themselves say, in the order of `cited`.
    private func findings(of cited: [CitedPassage]) async throws -> [Finding] {
        let byNote = Dictionary(grouping: cited.indices) {
            Note(folder: cited[$0].citation.folder, path: cited[$0].path)
        }
        var findings: [Int: Finding] = [:]
        for (note, indices) in byNote {
            let reading = try await read(note)
            for index in indices { findings[index] = finding(cited[index], in: reading) }
        }
        return cited.indices.compactMap { findings[$0] }
    }

    private func read(_ note: Note) async throws -> Reading {
        guard let folder = files.folders.first(where: { $0.name == note.folder }) else {
            return .absent
        }
        do {
            let text = try await files.currentText(at: note.path, in: folder)
            return text.map(Reading.text) ?? .absent
        } catch let error as IngestError {
            let path = files.paths.shown(note.path, in: note.folder)
            return .unreadable(SkippedFile(path: path, reason: error.description))
        }
    }

    private func finding(_ cited: CitedPassage, in reading: Reading) -> Finding {
        let evidence = CitedEvidence(cited)
        switch reading {
        case .unreadable(let file): return .found(.unreadable(file))
        case .absent:
            return .missing(
                MissingEvidence(cited: cited, evidence: evidence, absence: .ofNote))
        case .text(let note):
            let checked: CheckedCitation
            switch evidence.status(in: note.bytes) {
            case .exact: checked = CheckedCitation(cited, .ok, at: evidence.range, in: note)
            case .moved(let range): checked = CheckedCitation(cited, .moved, at: range, in: note)
            case .changed, .gone:
                let isCutOut = evidence.isCutOut(of: note.bytes)
                return .missing(
                    MissingEvidence(
                        cited: cited, evidence: evidence,
                        absence: isCutOut ? .ofPassage : .ofWords))
            }
            return .found(.checked(checked))
        }
    }

    private func foldersGone(of cited: [CitedPassage]) -> [String] {
        let known = Set(files.folders.map(\.name))
        return Set(cited.map(\.citation.folder)).subtracting(known).sorted()
            .map { "the folder '\($0)' is not indexed any more" }
    }
}

extension CitedEvidence {
    fileprivate init(_ cited: CitedPassage) {
        self.init(
            quote: cited.citation.quote, passage: cited.passage, range: cited.citation.range)
    }
}

extension CheckedCitation {
    /// One whose words stand at `range` of its own note.
    fileprivate init(
        _ cited: CitedPassage, _ status: EvidenceStatus, at range: SourceRange, in note: NoteText
    ) {
        self.init(
            citation: cited.citation, status: status, folder: cited.citation.folder,
            path: cited.citation.path, range: range,
            page: note.pages.page(at: range.bytes.lowerBound))
    }
}
