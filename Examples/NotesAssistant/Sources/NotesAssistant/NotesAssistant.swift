import Foundation
import Lore

/// Indexes a folder of notes and answers questions about it: `NotesAssistant FOLDER [QUESTION]`.
@main struct NotesAssistant {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let folder = arguments.first else {
            print("usage: NotesAssistant FOLDER [QUESTION]")
            exit(2)
        }
        // The user's own settings and models, but an index apart from `lore`'s.
        var configuration = try Configuration.load(
            environment: ProcessInfo.processInfo.environment,
            home: FileManager.default.homeDirectoryForCurrentUser)
        configuration.database = configuration.cacheDirectory.appendingPathComponent("assistant.db")
        let notes = KnowledgeBase(configuration: configuration)

        let report = try await notes.index(IndexRequest(folders: [folder]))
        print("\(report.documents) notes, \(report.embedded) passages embedded")

        if let question = arguments.dropFirst().first {
            return try await answer(question, from: notes)
        }
        print("Ask something; an empty line ends.")
        while let question = readLine(), !question.isEmpty {
            try await answer(question, from: notes)
        }
    }

    static func answer(_ question: String, from notes: KnowledgeBase) async throws {
        let answer = try await notes.ask(question)
        guard answer.state != .notFound else { return print("The notes do not say.") }
        print(answer.text)
        for citation in answer.citations {
            let lines = citation.range.lines
            print(
                "  [\(citation.number)] \(citation.path):\(lines.lowerBound)  “\(citation.quote)”")
        }
    }
}
