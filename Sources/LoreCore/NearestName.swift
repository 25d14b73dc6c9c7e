/// The name among `names` that a mistyped one most likely means; nil where none is near.
///
/// Near is an edit distance of at most a third of the name's length, or of two. Ties go to the
/// first name.
public func nearestName(to typed: String, among names: [String]) -> String? {
    let ranked = names.map { name in
        (name: name, edits: EditDistance.between(Array(name), Array(typed)) ?? .max)
    }
    guard let best = ranked.min(by: { $0.edits < $1.edits }) else { return nil }
    return best.edits <= max(2, best.name.count / 3) ? best.name : nil
}
