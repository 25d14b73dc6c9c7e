import LoreCore

/// Puts calls together whose arguments arrive in pieces.
///
/// Pieces belong together by their index; where a server gives none, a new id begins a new call.
struct ToolCallPieces {
    private struct Open {
        var index: Int?
        var id: String
        var name: String
        var arguments: String
    }

    private var open: [Open] = []

    mutating func add(index: Int?, id: String?, name: String?, arguments: String?) {
        let id = id ?? ""
        let place = open.lastIndex { call in
            index.map { call.index == $0 } ?? (id.isEmpty || call.id == id)
        }
        guard let place, !isNew(id, at: place, index) else {
            open.append(
                Open(index: index, id: id, name: name ?? "", arguments: arguments ?? ""))
            return
        }
        if open[place].id.isEmpty { open[place].id = id }
        if open[place].name.isEmpty { open[place].name = name ?? "" }
        open[place].arguments += arguments ?? ""
    }

    /// The calls in the order of their beginnings; where the reply ended too early, the last one is
    /// not whole.
    mutating func takeAll(isCut: Bool) -> [ToolCall] {
        defer { open = [] }
        return open.enumerated().map { place, call in
            ToolCall(
                id: call.id.isEmpty ? "call_\(place)" : call.id, name: call.name,
                argumentText: call.arguments, isCut: isCut && place == open.count - 1)
        }
    }

    /// Some servers give every call the index 0.
    private func isNew(_ id: String, at place: Int, _ index: Int?) -> Bool {
        !id.isEmpty && !open[place].id.isEmpty && open[place].id != id
    }
}

/// Arguments as text: most servers send a text, some the object itself.
func argumentText(_ value: JSONValue?) -> String? {
    switch value {
    case nil, .null?: nil
    case .string(let text)?: text
    case let other?: other.text
    }
}
