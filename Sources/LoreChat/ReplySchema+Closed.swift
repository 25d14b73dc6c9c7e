package import LoreCore

extension ReplySchema {
    /// Whether every object in it lists all its properties as required and allows no others: to
    /// other schemas a provider may not hold a reply.
    package var isClosed: Bool { Self.isClosed(schema) }

    private static func isClosed(_ schema: JSONValue) -> Bool {
        let properties = schema["properties"]?.members ?? []
        let isObject = schema["properties"] != nil || schema["type"] == "object"
        let required = Set((schema["required"]?.elements ?? []).compactMap(\.string))
        if isObject {
            guard schema["additionalProperties"] == false,
                properties.allSatisfy({ required.contains($0.name) })
            else { return false }
        }
        let parts =
            properties.map(\.value) + (schema["items"].map { [$0] } ?? [])
            + (schema["anyOf"]?.elements ?? []) + (schema["$defs"]?.members ?? []).map(\.value)
        return parts.allSatisfy(isClosed)
    }
}
