import Foundation
import LoreLinearAlgebra

/// How the vectors of a text's tokens become one.
///
/// - SeeAlso: Sentence-BERT arXiv:1908.10084
enum Pooling: String, Sendable, Hashable {
    /// The mean over all tokens.
    case mean
    /// The first token's vector.
    case cls

    /// Reads `modules.json` in `folder` and the pooling that it names.
    ///
    /// A folder without it is a bare encoder, whose pooling is the mean.
    ///
    /// - Throws: `EmbeddingError.unsupported` for another module or another pooling.
    init(folder: URL) throws {
        let path = folder.appendingPathComponent("modules.json").path
        guard FileManager.default.fileExists(atPath: path) else {
            self = .mean
            return
        }
        let json = try MappedFile(path: path).json()
        guard let modules = json.elements, !modules.isEmpty else {
            throw EmbeddingError.damaged(path: path, reason: "it lists no module")
        }
        var pooling: Pooling?
        for module in modules {
            let type = module["type"]?.string ?? "unknown"
            switch type.split(separator: ".").last {
            case "Transformer", "Normalize": break
            case "Pooling":
                let place = try Self.place(of: module, in: folder, path: path)
                pooling = try Pooling(path: place)
            default:
                throw EmbeddingError.unsupported(path: path, reason: "it has a module '\(type)'")
            }
        }
        guard let pooling else {
            throw EmbeddingError.unsupported(path: path, reason: "it has no pooling")
        }
        self = pooling
    }

    private static func place(
        of module: JSONValue, in folder: URL, path: String
    ) throws -> String {
        let name = module["path"]?.string ?? ""
        guard isSafePathPart(name) else {
            throw EmbeddingError.damaged(path: path, reason: "'\(name)' is no folder of a module")
        }
        return folder.appendingPathComponent(name).appendingPathComponent("config.json").path
    }

    /// Reads a pooling's `config.json`: one flag a mode, or the mode's name.
    init(path: String) throws {
        let json = try MappedFile(path: path).json()
        let flags = (json.members ?? [:]).filter { key, value in
            key.hasPrefix("pooling_mode_") && value.bool == true
        }
        let modes = json["pooling_mode"]?.string.map { [$0] } ?? flags.keys.sorted()
        switch modes {
        case ["mean"], ["pooling_mode_mean_tokens"]: self = .mean
        case ["cls"], ["pooling_mode_cls_token"]: self = .cls
        default:
            throw EmbeddingError.unsupported(
                path: path, reason: "its pooling is \(modes.joined(separator: " and "))")
        }
        guard json["include_prompt"]?.bool != false else {
            throw EmbeddingError.unsupported(
                path: path, reason: "its pooling leaves the prompt out")
        }
    }

    /// Writes the vector of the text whose tokens are the rows of `hidden`, `[tokens × D]`, of unit
    /// norm.
    ///
    /// - Returns: The norm before; the result is sound where that is finite and above zero.
    func pool(_ hidden: Matrix, into result: UnsafeMutableBufferPointer<Float>) -> Float {
        switch self {
        case .mean: Kernels.mean(of: hidden, into: result)
        case .cls: _ = result.update(from: hidden.row(0))
        }
        return Kernels.normalize(result)
    }
}
