import Foundation
public import LoreCore

/// What can go wrong between a user's wish and the rooms that fulfil it.
public enum KnowledgeBaseError: LoreError, Hashable {
    case noFolders
    case nameNeedsOneFolder(count: Int)
    case overlappingFolders(path: String, registered: String)
    case unknownFolder(name: String, known: [String])
    case unknownNote(path: String)
    case ambiguousNote(path: String, candidates: [String])
    case linesBeyondEnd(path: String, lines: Int)
    case emptyQuery
    case emptyQuestion
    case limitOutOfRange(limit: Int, allowed: ClosedRange<Int>)
    case thresholdOutOfRange(threshold: Double, allowed: ClosedRange<Double>)
    case modelMismatch(index: String, configured: String)
    case modelBytesChanged(model: String)
    case nothingEmbedded
    case noteNotEmbedded(path: String)
    case unknownChatModel(name: String)
    case noModelForBatch
    case malformedBatchLine(file: String, line: Int, reason: String)
    case emptyBatch(file: String)
    case unknownBatch(id: String)
    case ambiguousID(id: String)
    case unknownModel(name: String, known: [String])
    case priceUnknown(model: String)
    /// US dollars; counts of texts.
    case costCeiling(
        period: CostPeriod, limit: Double, model: String, embedded: Int, waiting: Int)
    /// US dollars: what is allowed, what is spent of it, what the next request may cost.
    case answerCeiling(period: CostPeriod, limit: Double, spent: Double, next: Double)
    case noConversation
    case unknownConversation(id: String)
    case noAnswer
    case unknownAnswer(id: String)
    case unknownReranker(name: String, installed: [String])
    case unknownSetting(key: String, nearest: String?, file: String)
    case invalidSetting(key: String, value: String, expected: String)
    case unreadableSettings(file: String, reason: String)
    case evaluationSetIncomplete(folder: String, missing: String)
    case malformedEvaluationLine(file: String, line: Int, reason: String)
    case unreadableBaseline(file: String, reason: String)
    case malformedBaselineLine(file: String, line: Int, reason: String)
    case baselineOfOtherQuestions(file: String, line: Int, question: String)
    case baselineOfOtherDocuments(file: String)
    case emptyBaseline(file: String)
    case cannotWrite(file: String, reason: String)
    case alreadyThere(file: String)

    public var category: ErrorCategory {
        switch self {
        case .unknownFolder, .unknownNote, .unknownModel, .unknownReranker, .noConversation,
            .unknownConversation, .unknownBatch, .noAnswer, .unknownAnswer:
            .notFound
        case .modelMismatch, .modelBytesChanged, .nothingEmbedded, .noteNotEmbedded: .incompatible
        case .cannotWrite: .failure
        case .costCeiling, .answerCeiling: .costCeiling
        default: .invalidInput
        }
    }

    public var message: String {
        switch self {
        case .noFolders: "no folder is indexed yet"
        case .nameNeedsOneFolder(let count): "--name goes with one folder, not with \(count)"
        case .overlappingFolders(let path, let registered):
            "'\(path)' and the indexed folder '\(registered)' overlap"
        case .unknownFolder(let name, let known):
            "no indexed folder is called '\(name)'" + Self.listed(known, as: "indexed")
        case .unknownNote(let path): "no indexed note is called '\(path)'"
        case .ambiguousNote(let path, let candidates):
            "'\(path)' could be any of \(candidates.joined(separator: ", "))"
        case .linesBeyondEnd(let path, let lines):
            "'\(path)' has \(lines) line\(lines == 1 ? "" : "s")"
        case .emptyQuery: "the query is empty"
        case .emptyQuestion: "the question is empty"
        case .limitOutOfRange(let limit, let allowed):
            "\(limit) is not between \(allowed.lowerBound) and \(allowed.upperBound)"
        case .thresholdOutOfRange(let threshold, let allowed):
            "\(threshold) is not between \(allowed.lowerBound) and \(allowed.upperBound)"
        case .modelMismatch(let index, let configured):
            "the index was made with the embedding model '\(index)', and '\(configured)' is set now"
        case .modelBytesChanged(let model):
            "the embedding model '\(model)' is not the one the index was made with, though its name is"
        case .nothingEmbedded: "no chunk has a vector yet"
        case .noteNotEmbedded(let path): "'\(path)' has no vectors yet"
        case .unknownModel(let name, let known):
            "no embedding model is known as '\(name)'" + Self.listed(known, as: "known")
        case .priceUnknown(let model):
            "what '\(model)' costs is not known, so no ceiling can be kept"
        case .costCeiling(let period, let limit, _, let embedded, let waiting):
            "embedding stopped before it would cost more than \(limit) USD\(period.ofEmbedding): "
                + "\(embedded) texts have their vectors, \(waiting) wait"
        case .answerCeiling(let period, let limit, let spent, let next):
            "the next request may cost \(dollars(next)), and of \(dollars(limit)) \(period.words) "
                + "\(dollars(spent)) are spent or set aside"
        case .noConversation: "there is no conversation yet"
        case .unknownConversation(let id): "no conversation has the id '\(id)'"
        case .noAnswer: "no question has been answered yet"
        case .unknownAnswer(let id): "no answer has the id '\(id)'"
        case .ambiguousID(let id): "several ids begin with '\(id)'"
        case .unknownReranker(let name, let installed):
            "no reranking model is called '\(name)'" + Self.listed(installed, as: "installed")
        case .unknownChatModel(let name): "no model that answers is called '\(name)'"
        case .unknownSetting(let key, _, let file):
            "'\(file)' sets '\(key)', which lore does not know"
        case .invalidSetting(let key, let value, let expected):
            "the setting \(key) is '\(value)', not \(expected)"
        case .unreadableSettings(let file, let reason), .unreadableBaseline(let file, let reason):
            "cannot read '\(file)': \(reason)"
        case .evaluationSetIncomplete(let folder, let missing): "'\(folder)' holds no \(missing)"
        case .noModelForBatch: "no model is set that a batch could be sent to"
        case .emptyBatch(let file): "'\(file)' holds no question"
        case .unknownBatch(let id): "no batch has the id '\(id)'"
        case .malformedBatchLine(let file, let line, let reason),
            .malformedEvaluationLine(let file, let line, let reason),
            .malformedBaselineLine(let file, let line, let reason):
            "line \(line) of '\(file)' cannot be used: \(reason)"
        case .baselineOfOtherQuestions(let file, let line, let question):
            "line \(line) of '\(file)' ranks for the question '\(question)', which the set does not have"
        case .baselineOfOtherDocuments(let file): "'\(file)' ranks no document of the set"
        case .emptyBaseline(let file): "'\(file)' ranks for no question that the set judges"
        case .alreadyThere(let file): "'\(file)' exists already"
        case .cannotWrite(let file, let reason): "cannot write '\(file)': \(reason)"
        }
    }

    public var hint: String {
        switch self {
        case .noFolders: "run `lore index FOLDER`"
        case .nameNeedsOneFolder: "index the folders one by one, each with its own name"
        case .overlappingFolders(_, let registered):
            "index one of them, or remove the other with `lore folders remove` (\(registered))"
        case .unknownFolder: "`lore folders` lists them"
        case .unknownNote: "`lore search` finds notes; paths are relative to the indexed folder"
        case .ambiguousNote: "put the folder's name in front"
        case .linesBeyondEnd: "ask for lines within it"
        case .emptyQuery: "give some words to look for"
        case .emptyQuestion: "ask something"
        case .limitOutOfRange, .thresholdOutOfRange: "choose a number in that range"
        case .modelMismatch(let index, let configured):
            "set embedding_model to \(index), or run `lore index --model \(configured)` to change over"
        case .modelBytesChanged(let model):
            "run `lore index --model \(model)` to embed the notes with it"
        case .nothingEmbedded, .noteNotEmbedded: "run `lore index`"
        case .unknownModel: "import others with `lore models import PATH`"
        case .priceUnknown:
            "set input_usd for it under models in config.yaml, or leave out the ceiling"
        case .costCeiling(.day, _, _, _, _), .costCeiling(.month, _, _, _, _):
            "nothing is lost; to go on, raise the ceiling, or run `lore index` when it is over"
        case .costCeiling(.answer, _, let model, _, _):
            "nothing is lost; to go on, run `lore index --model \(model)`, with --max-cost or without"
        case .answerCeiling(.answer, _, _, _):
            "nothing was sent; raise --max-cost, or choose a cheaper model"
        case .answerCeiling(.day, _, _, _):
            "nothing was sent; raise max_cost_day, or choose a model that costs nothing"
        case .answerCeiling(.month, _, _, _):
            "nothing was sent; raise max_cost_month, or choose a model that costs nothing"
        case .noConversation: "ask without -c to begin one"
        case .unknownConversation: "`lore conversations` lists them"
        case .noAnswer: "ask one with `lore ask`"
        case .unknownAnswer: "`lore conversations show` tells the ids of answers"
        case .ambiguousID: "write more of it"
        case .unknownReranker:
            "import one with `lore models import PATH`, or set rerank to auto or off"
        case .unknownChatModel:
            "write provider:model, such as ollama:qwen3; the built-in one is 'extractive'"
        case .unknownSetting(_, let nearest, _):
            nearest.map { "did you mean '\($0)'?" } ?? "remove it"
        case .invalidSetting: "correct it"
        case .unreadableSettings: "correct the file or move it away"
        case .evaluationSetIncomplete:
            "a set has queries.jsonl, qrels/test.tsv, and corpus.jsonl or a folder of notes"
        case .noModelForBatch:
            "name one with -m or LORE_MODEL; '\(Configuration.extractive)' answers at once: `lore ask`"
        case .emptyBatch, .malformedBatchLine:
            "write a line for each: {\"question\": \"…\", \"id\": \"…\", \"where\": \"…\"}, or a text alone"
        case .unknownBatch: "`lore batch` lists them"
        case .malformedEvaluationLine: "correct the line"
        case .unreadableBaseline: "give a file that can be read"
        case .malformedBaselineLine, .emptyBaseline:
            "a baseline is a TREC run, as `lore eval FOLDER --run FILE` writes it"
        case .baselineOfOtherQuestions, .baselineOfOtherDocuments:
            "compare with a run over the same set"
        case .cannotWrite: "choose another place"
        case .alreadyThere: "choose another name, or remove it first"
        }
    }

    private func dollars(_ amount: Double) -> String {
        "$" + String(format: "%.4f", locale: Locale(identifier: "en_US_POSIX"), amount)
    }

    private static func listed(_ names: [String], as what: String) -> String {
        names.isEmpty ? "" : " (\(what): \(names.joined(separator: ", ")))"
    }
}
