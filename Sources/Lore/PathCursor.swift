/// Goes through elements that are in the order of their paths' bytes, beside a like list.
///
/// Strings compare by canonical equivalence, files by bytes; so neither `==` nor a dictionary by
/// paths would do.
struct PathCursor<Element> {
    private let elements: [Element]
    private let path: KeyPath<Element, String>
    private var next = 0
    private var skipped: [Element] = []

    init(_ elements: [Element], path: KeyPath<Element, String>) {
        self.elements = elements
        self.path = path
    }

    /// The element at `wanted`, which comes after all that were asked for before; nil where there is
    /// none.
    mutating func take(_ wanted: String) -> Element? {
        while next < elements.count {
            let element = elements[next]
            let own = element[keyPath: path].utf8
            if wanted.utf8.lexicographicallyPrecedes(own) { return nil }
            next += 1
            if own.elementsEqual(wanted.utf8) { return element }
            skipped.append(element)
        }
        return nil
    }

    /// The elements that nobody asked for.
    var passed: [Element] { skipped + elements[next...] }
}
