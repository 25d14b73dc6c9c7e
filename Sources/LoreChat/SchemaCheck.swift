package import LoreCore

/// Checks a value against a JSON Schema.
///
/// It knows the keywords that providers hold replies to: `type`, `enum`, `const`, `properties`,
/// `required`, `additionalProperties: false`, `items`, `minItems`, `maxItems`, `minimum`,
/// `maximum`, `minLength`, `maxLength`, `anyOf`, and `$ref` to `#/$defs/NAME`. Others hold nothing.
package struct SchemaCheck: Sendable {
    private let schema: JSONValue

    /// A schema that refers to itself without end must not.
    private static let maxDepth = 64

    package init(_ schema: JSONValue) { self.schema = schema }

    /// What is wrong with `value`, one sentence each; empty where it fits.
    package func problems(in value: JSONValue) -> [String] {
        problems(value, schema, at: "the reply", depth: 0)
    }

    private func problems(
        _ value: JSONValue, _ schema: JSONValue, at place: String, depth: Int
    ) -> [String] {
        guard depth < Self.maxDepth else { return ["\(place) is nested too deeply"] }
        if let name = schema["$ref"]?.string {
            guard let target = definition(name) else { return [] }
            return problems(value, target, at: place, depth: depth + 1)
        }
        if let choices = schema["anyOf"]?.elements {
            let fits = choices.contains {
                problems(value, $0, at: place, depth: depth + 1).isEmpty
            }
            if !fits { return ["\(place) fits none of its forms"] }
        }
        let own = typeProblems(value, schema, place) + choiceProblems(value, schema, place)
        if !own.isEmpty { return own }
        return sizeProblems(value, schema, place)
            + memberProblems(value, schema, place, depth)
            + elementProblems(value, schema, place, depth)
    }

    private func definition(_ reference: String) -> JSONValue? {
        let prefix = "#/$defs/"
        guard reference.hasPrefix(prefix) else { return nil }
        return schema["$defs"]?[String(reference.dropFirst(prefix.count))]
    }

    private func typeProblems(
        _ value: JSONValue, _ schema: JSONValue, _ place: String
    ) -> [String] {
        let types = schema["type"]?.elements ?? schema["type"].map { [$0] } ?? []
        let names = types.compactMap(\.string)
        if names.isEmpty || names.contains(where: { value.is(type: $0) }) { return [] }
        return ["\(place) is not of type \(names.joined(separator: " or "))"]
    }

    private func choiceProblems(
        _ value: JSONValue, _ schema: JSONValue, _ place: String
    ) -> [String] {
        if let choices = schema["enum"]?.elements, !choices.contains(value) {
            return ["\(place) is none of \(JSONValue.array(choices).text)"]
        }
        if let constant = schema["const"], constant != value {
            return ["\(place) is not \(constant.text)"]
        }
        return []
    }

    private func sizeProblems(
        _ value: JSONValue, _ schema: JSONValue, _ place: String
    ) -> [String] {
        let sizes: [(String, Double?)] = [
            ("imum", value.double), ("Length", value.string.map { Double($0.count) }),
            ("Items", value.elements.map { Double($0.count) }),
        ]
        return sizes.flatMap { name, size -> [String] in
            guard let size else { return [] }
            var problems: [String] = []
            if let least = schema["min\(name)"]?.double, size < least {
                problems.append("\(place) is below min\(name) \(JSONValue(least).text)")
            }
            if let most = schema["max\(name)"]?.double, size > most {
                problems.append("\(place) is above max\(name) \(JSONValue(most).text)")
            }
            return problems
        }
    }

    private func memberProblems(
        _ value: JSONValue, _ schema: JSONValue, _ place: String, _ depth: Int
    ) -> [String] {
        guard let members = value.members else { return [] }
        let required = (schema["required"]?.elements ?? []).compactMap(\.string)
        let missing = required.filter { value[$0] == nil }.map { "\(place) has no '\($0)'" }
        let isClosed = schema["additionalProperties"]?.bool == false
        let wrong = members.flatMap { member -> [String] in
            guard let known = schema["properties"]?[member.name] else {
                return isClosed ? ["\(place) may not have '\(member.name)'"] : []
            }
            return problems(
                member.value, known, at: "'\(member.name)' of \(place)", depth: depth + 1)
        }
        return missing + wrong
    }

    private func elementProblems(
        _ value: JSONValue, _ schema: JSONValue, _ place: String, _ depth: Int
    ) -> [String] {
        guard let elements = value.elements, let items = schema["items"] else { return [] }
        return elements.enumerated().flatMap { index, element in
            problems(element, items, at: "element \(index + 1) of \(place)", depth: depth + 1)
        }
    }
}

extension JSONValue {
    fileprivate func `is`(type name: String) -> Bool {
        switch (self, name) {
        case (.null, "null"), (.bool, "boolean"), (.number, "number"), (.string, "string"),
            (.array, "array"), (.object, "object"):
            true
        case (.number(let number), "integer"): number.int != nil
        default: false
        }
    }
}
