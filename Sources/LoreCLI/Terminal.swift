import Foundation

/// Text as a terminal shows it: styled where the stream allows, and never a note's own control codes.
struct Terminal {
    let isStyled: Bool

    init(_ output: Output) { isStyled = output.isStyled }

    func bold(_ text: String) -> String { style(text, "1") }
    func dim(_ text: String) -> String { style(text, "2") }

    /// `text` as a link to `file`, which is looked up only where links can be shown.
    ///
    /// - SeeAlso: OSC 8, "Hyperlinks in terminal emulators"
    func link(_ text: String, to file: @autoclosure () -> URL?) -> String {
        guard isStyled, let file = file() else { return text }
        return "\u{1B}]8;;\(file.absoluteString)\u{1B}\\\(text)\u{1B}]8;;\u{1B}\\"
    }

    /// A quote as lines of its own, set in.
    func quoted(_ text: String) -> [String] {
        text.split(separator: "\n").map { "    " + dim("> " + Self.printable(String($0))) }
    }

    private func style(_ text: String, _ code: String) -> String {
        isStyled ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    /// `text` with its control characters made visible, line ends and tabs excepted.
    ///
    /// A note can hold escape sequences; shown as they are, they would move the cursor, change the
    /// title or write to the clipboard.
    static func printable(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        let shown = text.unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }
        return String(String.UnicodeScalarView(shown))
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
    }

    /// A path on one line.
    static func path(_ path: String) -> String {
        printable(path.replacing("\n", with: "\\n").replacing("\t", with: "\\t"))
    }
}

/// `number` with so many places behind the point, whatever the user's locale.
func decimal(_ number: Double, places: Int) -> String {
    String(format: "%.\(places)f", number)
}
