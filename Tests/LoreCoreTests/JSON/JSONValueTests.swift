import Foundation
import LoreCore
import TestSupport
import Testing

@Suite struct JSONValueTests {
    @Test(arguments: [
        "null", "true", "false", "0", "-0.50", "12345678901234567890", "1e9", "1.5E-3", "\"\"",
        "[]", "{}", "[1,[2,{}],null]", #"{"b":1,"a":{"z":[],"y":"x"}}"#, #""a\"\\\n\r\t\u0001é😀""#,
    ])
    func `what is read is written as it was`(text: String) throws {
        #expect(try JSONValue(parsing: text).text == text)
    }

    @Test(arguments: [
        (" [ 1 , 2 ]\r\n\t", "[1,2]"), (#""\u00e9\/\b\f""#, #""é/\u0008\u000c""#),
        (#""\ud83d\ude00""#, #""😀""#), (#""\ud83d x""#, "\"\u{FFFD} x\""),
        (#""\ude00""#, "\"\u{FFFD}\""), (#""\ud83d\u0041""#, "\"\u{FFFD}A\""),
    ])
    func `spaces and escapes are read as what they mean`(text: String, meaning: String) throws {
        #expect(try JSONValue(parsing: text).text == meaning)
    }

    @Test(arguments: [
        ("", 0), ("[1,]", 3), ("{\"a\" 1}", 5), ("tru", 3), ("01", 1), ("1.", 2), ("-", 1),
        ("\"a", 2), ("\"a\nb\"", 2), ("\"\\x\"", 2), ("\"\\u12g4\"", 5), ("[1] 2", 4), ("nul1", 3),
        ("{a:1}", 1), ("1e", 2),
    ])
    func `what is no JSON is refused where it stops being JSON`(text: String, offset: Int) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }

        #expect(error?.offset == offset)
    }

    @Test func `bytes that are no UTF-8 become a gap in a string`() throws {
        #expect(try JSONValue(parsing: [0x22, 0x61, 0xFF, 0x22]) == "a\u{FFFD}")
    }

    @Test func `depth is bounded`() throws {
        let deep = String(repeating: "[", count: 256) + String(repeating: "]", count: 256)
        #expect(try JSONValue(parsing: deep).text == deep)
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: "[\(deep)]") }
    }

    @Test func `values are found by name and place`() throws {
        let value = try JSONValue(
            parsing: #"{"a":[1,2.5,"x",true,null],"b":1,"b":2,"big":1e3,"half":0.5}"#)

        #expect(value["a"]?[0]?.int == 1)
        #expect(value["a"]?[1]?.double == 2.5)
        #expect(value["a"]?[1]?.int == nil)
        #expect(value["a"]?[2]?.string == "x")
        #expect(value["a"]?[3]?.bool == true)
        #expect(value["a"]?[4]?.isNull == true)
        #expect(value["a"]?[5] == nil)
        #expect(value["b"]?.int == 2)
        #expect(value["big"]?.int == 1000)
        #expect(value["c"] == nil)
        #expect(value[0] == nil)
    }

    @Test func `an object keeps the order in which it was built`() {
        let value = JSONValue.compact(["b": 1, "none": nil, "a": 0.25, "null": .null])

        #expect(value.text == #"{"b":1,"a":0.25,"null":null}"#)
        #expect(
            value.setting("b", to: 2).setting("c", to: true).text
                == #"{"b":2,"a":0.25,"null":null,"c":true}"#)
    }

    @Test func `random documents are read as Foundation reads them`() throws {
        for seed in UInt64(0)..<300 {
            var random = SeededRandom(seed: seed)
            let value = randomValue(depth: 4, using: &random)

            #expect(try JSONValue(parsing: value.bytes) == value, "seed \(seed)")
            let ours = try JSONSerialization.jsonObject(
                with: Data(value.bytes), options: .fragmentsAllowed)
            let again = try JSONSerialization.jsonObject(
                with: JSONSerialization.data(withJSONObject: ours, options: .fragmentsAllowed),
                options: .fragmentsAllowed)
            #expect((ours as? NSObject) == (again as? NSObject), "seed \(seed)")
        }
    }
}

private func randomValue(depth: Int, using random: inout SeededRandom) -> JSONValue {
    let texts = ["", "a", "é😀", "\"\\/", "\u{1}\n\t", "line\u{2028}", "[DONE]"]
    switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return JSONValue(Int.random(in: -1_000_000...1_000_000, using: &random))
    case 3: return JSONValue(Double.random(in: -1...1, using: &random))
    case 4: return .string(texts.randomElement(using: &random) ?? "")
    case 5:
        return .array(
            (0..<Int.random(in: 0..<4, using: &random)).map { _ in
                randomValue(depth: depth - 1, using: &random)
            })
    default:
        return .object(
            (0..<Int.random(in: 0..<4, using: &random)).map { number in
                JSONMember("k\(number)é", randomValue(depth: depth - 1, using: &random))
            })
    }
}
