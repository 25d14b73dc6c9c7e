import LoreCore
import LoreIngest
import Testing

@Suite struct TranscriptReaderTests {
    @Test func `cues are joined while one speaks, with their numbers and times`() throws {
        let text = """
            1
            00:00:01,000 --> 00:00:02,000
            ANNA: Hot?

            2
            00:00:02,500 --> 00:00:04,000
            Or cold?

            3
            00:00:05,000 --> 00:00:06,000
            - Ben: Very
            hot.

            4
            00:00:07,000 --> 00:00:08,000
            Ben: Too hot.
            """
        let read = try note(text, as: .subRip)
        #expect(
            read.outline == [
                """
                list: 1
                00:00:01,000 --> 00:00:02,000
                ANNA: Hot?

                2
                00:00:02,500 --> 00:00:04,000
                Or cold?
                """,
                """
                list: 3
                00:00:05,000 --> 00:00:06,000
                - Ben: Very
                hot.

                4
                00:00:07,000 --> 00:00:08,000
                Ben: Too hot.
                """,
            ])
        #expect(read.blocks.map(\.range.lines) == [1...7, 9...16])
        #expect(read.blocks.map(\.itemStarts) == [[44], [136]])
    }

    @Test func `notes and styles of WebVTT are text, names of cues stay with them`() throws {
        let text = """
            WEBVTT - Tea

            NOTE
            a remark

            intro
            00:01.000 --> 00:02.000 align:start
            <v.loud Anna>Hot?</v>

            NOTE between

            00:02.500 --> 00:04.000
            <v Anna>Cold?

            00:05.000 --> 00:06.000
            <v Ben>No.
            """
        #expect(
            try note(text, as: .webVTT).outline == [
                "paragraph: WEBVTT - Tea", "paragraph: NOTE\na remark",
                "list: intro\n00:01.000 --> 00:02.000 align:start\n<v.loud Anna>Hot?</v>",
                "paragraph: NOTE between",
                "list: 00:02.500 --> 00:04.000\n<v Anna>Cold?",
                "list: 00:05.000 --> 00:06.000\n<v Ben>No.",
            ])
    }

    @Test
    func `a cue without words, without a blank line before it, or without times loses nothing`()
        throws
    {
        let text = """
            1
            00:00:01,000 --> 00:00:02,000

            2
            00:00:02,500 --> 00:00:04,000
            a
            3
            00:00:05,000 --> 00:00:06,000
            b

            c
            """
        let read = try note(text, as: .subRip)
        #expect(read.outline == ["list: \(text)"])
        #expect(read.blocks.map(\.itemStarts) == [[33, 67]])
        #expect(try note("no cue\nat all\n", as: .subRip).outline == ["paragraph: no cue\nat all"])
        #expect(try note("1\n0:00:01,000 -->", as: .subRip).blocks.map(\.kind) == [.list])
    }

    @Test(arguments: ["Note: see 12:30", "12:30 it was", "http://x", "it was: so", "A: b"])
    func `only what looks like a name is one`(words: String) throws {
        let time = "00:00:01,000 --> 00:00:02,000\n"
        let text = "\(time)Anna: Hot?\n\n\(time)\(words)\n"
        let isName = words.hasPrefix("Note") || words.hasPrefix("A:")
        #expect(try note(text, as: .subRip).blocks.count == (isName ? 2 : 1))
    }
}
