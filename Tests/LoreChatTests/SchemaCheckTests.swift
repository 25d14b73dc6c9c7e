import LoreChat
import LoreCore
import Testing

@Suite struct SchemaCheckTests {
    @Test(arguments: [
        (#"{"type":"string"}"#, #""a""#, []),
        (#"{"type":["string","null"]}"#, "null", []),
        (#"{"type":["string","null"]}"#, "1", ["the reply is not of type string or null"]),
        (#"{"type":"integer"}"#, "1.0", []),
        (#"{"type":"integer"}"#, "1.5", ["the reply is not of type integer"]),
        (#"{"enum":["a","b"]}"#, #""c""#, [#"the reply is none of ["a","b"]"#]),
        (#"{"const":1}"#, "2", ["the reply is not 1"]),
        (#"{"minimum":2,"maximum":3}"#, "1", ["the reply is below minimum 2"]),
        (#"{"maxLength":2}"#, #""äöü""#, ["the reply is above maxLength 2"]),
        (#"{"minItems":1}"#, "[]", ["the reply is below minItems 1"]),
        (
            #"{"type":"array","items":{"type":"string"}}"#, #"["a",1,[]]"#,
            [
                "element 2 of the reply is not of type string",
                "element 3 of the reply is not of type string",
            ]
        ),
        (
            #"{"properties":{"a":{"properties":{"b":{"type":"null"}}}}}"#, #"{"a":{"b":1}}"#,
            ["'b' of 'a' of the reply is not of type null"]
        ),
        (#"{"required":["a","b"]}"#, #"{"b":1}"#, ["the reply has no 'a'"]),
        (
            #"{"anyOf":[{"type":"string"},{"type":"null"}]}"#, "1",
            ["the reply fits none of its forms"]
        ),
        (#"{"anyOf":[{"type":"string"},{"type":"null"}]}"#, "null", []),
        (
            ##"{"$ref":"#/$defs/n","$defs":{"n":{"type":"integer"}}}"##, #""a""#,
            ["the reply is not of type integer"]
        ),
        (
            ##"{"$ref":"#/$defs/n","$defs":{"n":{"$ref":"#/$defs/n"}}}"##, "1",
            ["the reply is nested too deeply"]
        ),
        (#"{"unknown":1}"#, "1", []),
    ])
    func `a value is told what is wrong with it`(
        schema: String, value: String, problems: [String]
    ) throws {
        let check = SchemaCheck(try JSONValue(parsing: schema))

        #expect(check.problems(in: try JSONValue(parsing: value)) == problems)
    }
}
