package import LoreCore

/// The JSON object or list in a model's reply: all of it, or inside a fence, or with prose around it.
///
/// Of several the first counts.
package func jsonInText(_ text: String) -> JSONValue? {
    let bytes = Array(text.utf8)
    // What does not parse is prose, such as a bracket in a sentence.
    if let value = try? JSONValue(parsing: bytes), value.members != nil || value.elements != nil {
        return value
    }
    var start = 0
    while let open = bytes[start...].firstIndex(where: { $0 == brace || $0 == bracket }) {
        if let end = endOfJSON(in: bytes, from: open),
            let value = try? JSONValue(parsing: bytes[open..<end])
        {
            return value
        }
        start = open + 1
    }
    return nil
}

/// Behind the bracket that closes the one at `start`, brackets inside strings aside.
private func endOfJSON(in bytes: [UInt8], from start: Int) -> Int? {
    var depth = 0
    var isString = false
    var isEscaped = false
    for index in start..<bytes.count {
        let byte = bytes[index]
        if isString {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isString = false
            }
            continue
        }
        switch byte {
        case UInt8(ascii: "\""): isString = true
        case brace, bracket: depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            depth -= 1
            if depth == 0 { return index + 1 }
        default: break
        }
    }
    return nil
}

private let brace = UInt8(ascii: "{")
private let bracket = UInt8(ascii: "[")
