import Foundation
import LoreCore
import LoreEmbedding
import Testing

@Suite struct EmbeddingErrorTests {
    static let anew =
        "get the model anew: `lore models pull minilm`, or `lore models import PATH`"

    typealias Row = (EmbeddingError, ErrorCategory, String)

    static let rows: [Row] = [
        (
            EmbeddingError.unreadable(path: "/m", errno: ENOENT), .notFound,
            "'/m' cannot be read: No such file or directory; check the path"
        ),
        (
            .unreadable(path: "/m", errno: EACCES), .unavailable,
            "'/m' cannot be read: Permission denied; check the file's permissions"
        ),
        (
            .notWritable(path: "/m", errno: ENOSPC), .unavailable,
            "'/m' cannot be written: No space left on device; check the folder's permissions and the free disk space"
        ),
        (
            .missingFile(path: "/m/config.json"), .corruptData,
            "'/m/config.json' is missing; \(anew)"
        ),
        (
            .damaged(path: "/m/a", reason: "it ends early"), .corruptData,
            "'/m/a' is damaged: it ends early; \(anew)"
        ),
        (
            .unsupported(path: "/m/config.json", reason: "it is a decoder"), .incompatible,
            "'/m/config.json' is no model that lore computes: it is a decoder; use a BERT encoder: all-MiniLM, BGE, E5, GTE or Arctic, small or base; or a cross-encoder such as ms-marco-MiniLM"
        ),
        (
            .wrongKind(model: "m", wanted: .embedding), .invalidInput,
            "the model 'm' judges passages; it makes no vectors; `lore models list` says what each is for; this one must be for embedding"
        ),
        (
            .wrongKind(model: "m", wanted: .reranking), .invalidInput,
            "the model 'm' makes vectors; it judges no passages; `lore models list` says what each is for; this one must be for reranking"
        ),
        (
            .noModel(path: "/m"), .invalidInput,
            "'/m' holds no model; a model has config.json, model.safetensors and tokenizer.json or vocab.txt"
        ),
        (
            .severalModels(path: "/m", found: ["a/", "b/"]), .invalidInput,
            "'/m' holds several models: a/, b/; import one of these folders"
        ),
        (
            .invalidName("a/b"), .invalidInput,
            "'a/b' cannot name a model; use letters, digits, '.', '_' and '-', at most 64, a letter or digit first"
        ),
        (
            .notFinite(model: "minilm", index: 0), .failure,
            "the model 'minilm' gave no number for text 1; \(anew)"
        ),
    ]

    @Test(arguments: rows)
    func `an error says what failed and what to do`(
        error: EmbeddingError, category: ErrorCategory, words: String
    ) {
        #expect(error.category == category)
        #expect(error.description == words)
    }
}
