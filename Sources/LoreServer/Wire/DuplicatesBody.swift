package import Lore
import LoreCore

/// `duplicates --json`.
package struct DuplicatesBody: Encodable, Sendable {
    struct Passage: Encodable, Sendable {
        let path: String
        let startLine: Int
        let endLine: Int
        let text: String

        init(_ passage: NotePassage) {
            path = passage.path
            startLine = passage.range.lines.lowerBound
            endLine = passage.range.lines.upperBound
            text = passage.text
        }
    }

    let groups: [[Passage]]

    package init(_ duplicates: Duplicates) {
        groups = duplicates.groups.map { $0.map(Passage.init) }
    }
}
