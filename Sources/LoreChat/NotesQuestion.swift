import LoreCore

/// Whether a question asks about the notes themselves, how many there are or which, and not about what
/// stands in them: then no passage answers it.
///
/// Known by English words alone, as in "how many notes mention the pump".
package func asksAboutNotes(_ question: String) -> Bool {
    let words = WordScanner.words(question)
    return words.indices.contains { index in
        openings.contains { opening in
            words[index...].starts(with: opening)
                && names(words[(index + opening.count)...])
        }
    }
}

/// Whether `words` begin with notes, as "of my other notes" does.
private func names(_ words: ArraySlice<String>) -> Bool {
    words.drop(while: fillers.contains).first.map(notes.contains) ?? false
}

private let openings = [["how", "many"], ["number", "of"], ["which"], ["list"], ["count"]]
private let fillers: Set<String> = ["of", "all", "the", "my", "our", "these", "those", "other"]
private let notes: Set<String> = ["note", "notes", "file", "files", "document", "documents"]
