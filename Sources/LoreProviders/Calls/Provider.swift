import LoreCore

/// Who runs models that lore asks, by the name that stands before the colon of a model.
package enum Provider: String, CaseIterable, Sendable {
    case openai, anthropic, gemini, ollama, together, groq, mistral, compatible

    /// Its name in a sentence.
    package var title: String {
        switch self {
        case .openai: "OpenAI"
        case .anthropic: "Anthropic"
        case .gemini: "Gemini"
        case .ollama: "Ollama"
        case .together: "Together"
        case .groq: "Groq"
        case .mistral: "Mistral"
        case .compatible: "the server"
        }
    }

    /// The environment variable that holds its key.
    package var keyVariable: String? {
        switch self {
        case .openai, .compatible: "OPENAI_API_KEY"
        case .anthropic: "ANTHROPIC_API_KEY"
        case .gemini: "GEMINI_API_KEY"
        case .ollama: nil
        case .together: "TOGETHER_API_KEY"
        case .groq: "GROQ_API_KEY"
        case .mistral: "MISTRAL_API_KEY"
        }
    }

    package var needsKey: Bool { self != .ollama && self != .compatible }

    /// The environment variable that holds its base address.
    package var baseVariable: String {
        switch self {
        case .openai, .compatible: "OPENAI_BASE_URL"
        case .anthropic: "ANTHROPIC_BASE_URL"
        case .gemini: "GEMINI_BASE_URL"
        case .ollama: "OLLAMA_HOST"
        case .together: "TOGETHER_BASE_URL"
        case .groq: "GROQ_BASE_URL"
        case .mistral: "MISTRAL_BASE_URL"
        }
    }

    /// As the provider's own library takes it; nil where there is none.
    package var defaultBase: String? {
        switch self {
        case .openai: "https://api.openai.com/v1"
        case .anthropic: "https://api.anthropic.com"
        case .gemini: "https://generativelanguage.googleapis.com"
        case .ollama: "http://127.0.0.1:11434"
        case .together: "https://api.together.xyz/v1"
        case .groq: "https://api.groq.com/openai/v1"
        case .mistral: "https://api.mistral.ai/v1"
        case .compatible: nil
        }
    }

    /// The header fields of every request to it, those that carry the key included.
    func headers(key: APIKey?) -> HTTPHeaders {
        let key = key?.revealed()
        var headers: HTTPHeaders = ["Content-Type": "application/json"]
        switch self {
        case .anthropic:
            headers["anthropic-version"] = "2026-10-21"
            headers["x-api-key"] = key
        case .gemini: headers["x-goog-api-key"] = key
        default: headers["Authorization"] = key.map { "Bearer \($0)" }
        }
        return headers
    }

    /// Whether it makes a reply fit a schema; Groq does so for a few models alone, and elsewhere
    /// refuses the request.
    package var holdsSchemas: Bool { self != .groq }

    /// The protocol for `request`.
    func dialect(for request: ChatRequest) -> any ChatDialect {
        switch self {
        // The newest models take tools in Responses alone.
        case .openai: request.usesTools ? OpenAIResponses() : OpenAIChat(flavour: .openAI)
        case .anthropic: AnthropicMessages()
        case .gemini: GeminiGenerate()
        case .ollama: OllamaChat()
        case .together: OpenAIChat(flavour: .together)
        case .groq: OpenAIChat(flavour: .groq)
        case .mistral: OpenAIChat(flavour: .mistral)
        case .compatible: OpenAIChat(flavour: .compatible)
        }
    }
}

extension ChatRequest {
    fileprivate var usesTools: Bool {
        !tools.isEmpty || messages.contains { !$0.toolCalls.isEmpty || !$0.toolResults.isEmpty }
    }
}
