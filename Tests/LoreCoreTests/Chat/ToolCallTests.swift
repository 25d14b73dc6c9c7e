import LoreCore
import Testing

@Suite struct ToolCallTests {
    @Test(arguments: [("", "{}"), (" \n", "{}"), (#"{"q":"pump"}"#, #"{"q":"pump"}"#)])
    func `arguments are an object`(text: String, object: String) throws {
        let call = ToolCall(id: "1", name: "search", argumentText: text)

        #expect(try call.arguments().text == object)
    }

    @Test(arguments: [
        (
            #"{"q":"#, false,
            "the arguments of 'search' are not a JSON object: not JSON (at byte 5); "
                + "call it again with one JSON object"
        ),
        (
            "[1]", false,
            "the arguments of 'search' are not a JSON object: not an object; "
                + "call it again with one JSON object"
        ),
        (
            "{}", true,
            "the call of 'search' was cut off before its end and was not run; "
                + "call it again with shorter arguments"
        ),
    ])
    func `a call that cannot be run says why to the model`(
        text: String, isCut: Bool, words: String
    ) {
        let call = ToolCall(id: "1", name: "search", argumentText: text, isCut: isCut)

        let error = #expect(throws: ToolCallError.self) { try call.arguments() }

        #expect(error?.description == words)
        #expect(error?.category == .invalidInput)
    }
}
