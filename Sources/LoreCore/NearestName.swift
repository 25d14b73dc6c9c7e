/// The name among `names` that a mistyped one most likely means; nil where none is near.
///
/// Near is an edit distance of at most a third of the name's length, or of two. Ties go to the
/// first name.
public func nearestName(to typed: String, among names: [String]) -> String? {
    let ranked = names.map { (name: $0, edits: editDistance($0, typed)) }
    guard let best = ranked.min(by: { $0.edits < $1.edits }) else { return nil }
    return best.edits <= max(2, best.name.count / 3) ? best.name : nil
}

/// The fewest insertions, deletions and substitutions that turn `left` into `right`.
///
/// - Complexity: O(*n* · *m*) for texts of *n* and *m* characters.
/// - SeeAlso: Wagner and Fischer (1974), doi:10.1145/321796.321811
func editDistance(_ left: String, _ right: String) -> Int {
    let left = Array(left)
    let right = Array(right)
    var row = Array(0...right.count)
    for i in left.indices {
        var diagonal = row[0]
        row[0] = i + 1
        for j in right.indices {
            let substituted = diagonal + (left[i] == right[j] ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
        }
    }
    return row[right.count]
}
