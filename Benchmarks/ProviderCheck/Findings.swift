import Foundation
import LoreCore

/// What a check found wrong.
struct Wrong: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

func expect(_ isRight: Bool, _ what: @autoclosure () -> String) throws {
    if !isRight { throw Wrong(what()) }
}

/// Prints a line that its reader sees at once.
func say(_ line: JSONValue) {
    FileHandle.standardOutput.write(Data((line.text + "\n").utf8))
}
