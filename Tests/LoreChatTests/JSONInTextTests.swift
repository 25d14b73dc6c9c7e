import LoreChat
import LoreCore
import Testing

@Suite struct JSONInTextTests {
    @Test(arguments: [
        ("{\"a\":1}", "{\"a\":1}"), (" [1]\n", "[1]"), ("```json\n{\"a\":1}\n```\n", "{\"a\":1}"),
        ("A {b} c {\"a\":{\"b\":[]}} d", "{\"a\":{\"b\":[]}}"),
        ("x {\"a\":\"}]\\\"{\"} y", "{\"a\":\"}]\\\"{\"}"), ("{\"a\": [1}", nil), ("none", nil),
        ("\"text\"", nil), ("1", nil), ("", nil), ("{{{{", nil),
    ])
    func `the first object or list in a text is found`(text: String, json: String?) {
        #expect(jsonInText(text)?.text == json)
    }
}
