import LoreChat
import Testing

@Suite struct NotesQuestionTests {
    @Test(arguments: [
        "How many notes mention the pump?", "how many of my notes are drafts",
        "Which notes did I write in March?", "List all the files about tea",
        "Tell me the number of documents.", "Which of my other notes say so?",
    ])
    func `questions about the notes themselves`(question: String) {
        #expect(asksAboutNotes(question))
    }

    @Test(arguments: [
        "What do my notes say about the pump?", "How many bytes may a file have?",
        "How long should tea steep?", "Which tea is noted for its scent?", "notes", "",
    ])
    func `questions about what stands in them`(question: String) {
        #expect(!asksAboutNotes(question))
    }
}
