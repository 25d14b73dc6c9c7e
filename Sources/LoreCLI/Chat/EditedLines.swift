import CEdit
import CLateBinding
import Foundation

/// Lines that a person edits, with those of earlier conversations a key away.
///
/// Ctrl-C drops the line. `~/.editrc` is honoured, as by all programs that edit by libedit.
final class EditedLines: LineReader, @unchecked Sendable {
    // `queue` makes it sendable: the two are used there alone, but for `leave`, which ends the program.
    private let editor: OpaquePointer
    private let lines: OpaquePointer
    private let queue = DispatchQueue(label: "lore.chat.edited")
    private let file: URL

    let isInteractive = true

    /// Lines that are kept for the next conversation: what a person can still look through.
    private static let keptLines: Int32 = 1_000
    /// Never written to nor freed; libedit asks for it before each line.
    nonisolated(unsafe) private static let prompt = strdup(linePrompt)

    /// Lines from the terminal; nil where it cannot be edited on.
    ///
    /// - Parameter file: Where lines are kept, for the user alone.
    init?(file: URL) {
        guard let lines = history_init() else { return nil }
        guard let editor = lore_edit_begin("lore", { _ in EditedLines.prompt }) else {
            history_end(lines)
            return nil
        }
        (self.editor, self.lines, self.file) = (editor, lines, file)
        lore_edit_set_history(editor, lines)
        // The terminal is put right where the program is stopped or ended, or its size changes.
        lore_edit_set_number(editor, EL_SIGNAL, 1)
        el_source(editor, nil)
        // Ctrl-C comes as a key, in place of a signal, and takes the line back. Preparing the terminal
        // for the first time puts the keys of before in force again, so that is done first.
        for isPrepared: CInt in [1, 0] {
            lore_edit_set_number(editor, EL_PREP_TERM, isPrepared)
        }
        lore_edit_set_terminal(editor, "intr=")
        lore_edit_bind_macro(editor, "^C", "^U\n")
        load()
    }

    deinit {
        el_end(editor)
        history_end(lines)
    }

    private func load() {
        lore_history_set_number(lines, H_SETSIZE, Self.keptLines)
        lore_history_set_number(lines, H_SETUNIQUE, 1)
        // Where there is none yet, there is nothing to look through.
        lore_history_set_string(lines, H_LOAD, file.path)
    }

    func next() async -> String? {
        await queue.result(of: { [self] in read() })
    }

    private func read() -> String? {
        var count: CInt = 0
        guard let text = el_gets(editor, &count), count > 0 else {
            Output.error.line()
            return nil
        }
        let line = String(cString: text)
        if line.contains(where: { !$0.isWhitespace }) { keep(text) }
        return line.hasSuffix("\n") ? String(line.dropLast()) : line
    }

    /// Keeps a line at once: a program that is killed leaves it too.
    private func keep(_ text: UnsafePointer<CChar>) {
        lore_history_set_string(lines, H_ENTER, text)
        // libedit makes the file readable by the user alone; without it only the convenience is lost.
        try? FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        lore_history_set_string(lines, H_SAVE, file.path)
    }

    func leave() { lore_edit_set_number(editor, EL_PREP_TERM, 0) }
}
