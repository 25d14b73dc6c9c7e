import LoreCore

/// Where a server that speaks Chat Completions differs from OpenAI's own.
///
/// Only fields that a server is known to take are sent: some refuse a request for a field that they
/// do not know.
struct OpenAIFlavour: Hashable, Sendable {
    /// Whether this is OpenAI itself.
    var isOpenAI = false
    /// The role of the program's instructions.
    var systemRole = "system"
    /// The field that limits the reply.
    var limitField = "max_tokens"
    /// What asks for the usage at the end of a stream; nil where it comes unasked.
    var streamOptions: JSONValue? = ["include_usage": true]
    var takesToolChoice = true
    /// Whether ids of calls must be 9 letters and digits.
    var hasShortCallIDs = false

    static let openAI = OpenAIFlavour(
        isOpenAI: true, systemRole: "developer", limitField: "max_completion_tokens",
        streamOptions: ["include_usage": true, "include_obfuscation": false])
    /// llama.cpp, vLLM, LM Studio and whatever else says that it is compatible.
    static let compatible = OpenAIFlavour()
    static let groq = OpenAIFlavour(limitField: "max_completion_tokens")
    static let together = OpenAIFlavour()
    static let mistral = OpenAIFlavour(streamOptions: nil, hasShortCallIDs: true)

    /// `id` in the form that the server takes; equal ids stay equal.
    func callID(_ id: String) -> String {
        let isShort = id.utf8.count == 9 && id.utf8.allSatisfy(isLetterOrDigit)
        return hasShortCallIDs && !isShort ? shortened(id) : id
    }
}

/// Nine digits of base 36 made of the bytes of `id` (FNV-1a).
private func shortened(_ id: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 36)
    return String((String(repeating: "0", count: 9) + digits).suffix(9))
}

/// Of ASCII.
func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        true
    default: false
    }
}
