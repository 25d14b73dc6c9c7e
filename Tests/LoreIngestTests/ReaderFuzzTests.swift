import Foundation
import LoreCore
import LoreIngest
import TestSupport
import Testing

/// Every reader on damaged files: none crashes, and what is read keeps the invariants.
///
/// `LORE_FUZZ_INPUTS` says how many inputs, `LORE_FUZZ_SEED` the first seed; each input has a seed
/// of its own, one higher than the last, so that a single number replays it. With `LORE_FUZZ_LOG`
/// the seed of the present input stands in that file, also after a crash. `scripts/fuzz` does all.
@Suite struct ReaderFuzzTests {
    private static let environment = ProcessInfo.processInfo.environment

    private static func number(_ name: String, default value: UInt64) -> UInt64 {
        environment[name].flatMap { UInt64($0) } ?? value
    }

    @Test func `no damaged file crashes a reader or loses a byte`() throws {
        let count = Self.number("LORE_FUZZ_INPUTS", default: 3000)
        let first = Self.number("LORE_FUZZ_SEED", default: 1)
        let log = Self.environment["LORE_FUZZ_LOG"].map { URL(fileURLWithPath: $0) }
        let started = ContinuousClock.now
        var slowest = (time: Duration.zero, seed: first)
        var failures = 0
        var tried = 0
        for seed in first..<(first + count) {
            tried += 1
            let input = FuzzInput(seed: seed)
            if let log { try Data("\(seed)\n".utf8).write(to: log) }
            let begun = ContinuousClock.now
            if let failure = try input.failure() {
                failures += 1
                Issue.record("LORE_FUZZ_SEED=\(seed) LORE_FUZZ_INPUTS=1: \(input.path): \(failure)")
                try store(input, seed: seed)
                if failures == 20 { break }
            }
            let time = ContinuousClock.now - begun
            if time > slowest.time { slowest = (time, seed) }
        }
        if log != nil {
            let formats = Set(FormatSamples.all.map(\.format)).count
            print(
                "fuzz: \(tried) inputs, \(formats) formats, \(failures) failures,",
                "\((ContinuousClock.now - started).components.seconds) seconds,",
                "slowest \(slowest.time) (seed \(slowest.seed))")
        }
    }

    /// Keeps a failing input beside the log, if there is one.
    private func store(_ input: FuzzInput, seed: UInt64) throws {
        guard let log = Self.environment["LORE_FUZZ_LOG"] else { return }
        try Data(input.bytes).write(to: URL(fileURLWithPath: "\(log).\(seed).\(input.path)"))
    }
}

/// A sample, changed at random as its seed says.
struct FuzzInput {
    let path: String
    let format: DocumentFormat
    private(set) var bytes: [UInt8]
    private var numbers: SeededRandom

    init(seed: UInt64) {
        numbers = SeededRandom(seed: seed)
        let samples = FormatSamples.all
        let sample = samples[Int.random(in: 0..<samples.count, using: &numbers)]
        path = sample.path
        format = sample.format
        bytes = Array(sample.text.utf8)
        for _ in 0..<Int.random(in: 1...8, using: &numbers) { mutate() }
        // Most mutations of letters beyond ASCII are not UTF-8, which is refused at once.
        if number(below: 10) > 0 { bytes = Array(String(decoding: bytes, as: UTF8.self).utf8) }
    }

    func failure() throws -> String? {
        try NoteInvariants(maxTokens: [24, 60, 200][bytes.count % 3])
            .failure(path: path, format: format, bytes: bytes)
    }

    private mutating func mutate() {
        let place = number(below: bytes.count + 1)
        switch number(below: 8) {
        case 0: if place < bytes.count { bytes[place] ^= 1 << UInt8(number(below: 8)) }
        case 1: bytes.removeSubrange(range())
        case 2: bytes.insert(contentsOf: bytes[range()], at: place)
        case 3: splice(at: place)
        case 4, 5: insertStructure(at: place)
        case 6: bytes.removeSubrange((number(below: 2) == 0 ? place : bytes.count / 2)...)
        default: duplicate(at: place)
        }
        if bytes.count > 32_768 { bytes.removeSubrange(32_768...) }
    }

    /// Puts a part of another sample in.
    private mutating func splice(at place: Int) {
        let other = Array(FormatSamples.all[number(below: FormatSamples.all.count)].text.utf8)
        let start = number(below: other.count)
        let end = min(other.count, start + number(below: 80) + 1)
        bytes.insert(contentsOf: other[start..<end], at: place)
    }

    private mutating func insertStructure(at place: Int) {
        let sign = Self.signs[number(below: Self.signs.count)]
        bytes.insert(contentsOf: Array(sign.utf8), at: place)
    }

    /// Repeats a part many times.
    private mutating func duplicate(at place: Int) {
        let part = Array(bytes[range()].prefix(number(below: 2) == 0 ? 3 : 40))
        for _ in 0..<number(below: 200) { bytes.insert(contentsOf: part, at: place) }
    }

    private mutating func range() -> Range<Int> {
        let start = number(below: bytes.count + 1)
        return start..<min(bytes.count, start + number(below: 60))
    }

    private mutating func number(below limit: Int) -> Int {
        Int.random(in: 0..<limit, using: &numbers)
    }

    private static let signs = [
        "\n", "\n\n", "\r\n", "\r", "\t", " ", "    ", "\"", "'", "`", "```\n", "{", "}", "[", "]",
        "(",
        ")", "|", "|===\n", "=", "====\n", "==  ==\n", "-", "----\n", "---\n", "+++\n", "*", "* ",
        "# ",
        "#", "#+begin_src\n", "#+end_src\n", ":", "::", "::\n\n", ":a: b\n", ":END:\n", ".. ", "..",
        "....\n", "+---+\n", "+===+\n", "<", ">", "<v A>", "</", "<!--", "-->", " --> ", "%%", "\\",
        "/*",
        "*/", "\"\"\"", "'''", ",", ";", "\u{FEFF}", "\u{0}", "é", "漢", "👩‍👩‍👧", "e\u{301}", "def ",
        "class ",
        "func f() {\n", "end\n", "From ", "--x\n", "=\n", "=?utf-8?q?", "&#", "NOTE\n", "WEBVTT\n",
        "0:00:01,0 --> 0:00:02,0\n", "1\n",
    ]
}
