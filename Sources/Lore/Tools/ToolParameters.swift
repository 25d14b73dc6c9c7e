import LoreCore

/// The JSON Schema of the arguments of a tool.
func toolParameters(
    _ properties: KeyValuePairs<String, JSONValue>, needed: [String] = []
) -> JSONValue {
    [
        "type": "object",
        "properties": .object(properties.map { JSONMember($0, $1) }),
        "required": .array(needed.map(JSONValue.string)),
    ]
}

func toolText(_ description: String) -> JSONValue {
    ["type": "string", "description": .string(description)]
}

func toolNumber(_ description: String) -> JSONValue {
    ["type": "integer", "description": .string(description)]
}

/// Which notes are looked at, as `Filter` reads it.
let filterArgument = toolText(
    """
    which notes, such as: tag:work -tag:draft path:meetings/ type:md after:2026-01-01 before:today \
    title:"q3 plan"; terms side by side must all hold, OR and parentheses group
    """)
