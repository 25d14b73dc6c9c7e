import Foundation
import TestSupport
import Testing

@Suite struct InterruptionTests {
    private static let notes = 20

    /// A converter that never ends holds the run where the signal is to find it.
    @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
    func `a signal ends a run with its status, what was read is kept, and the next run goes on`(
        signal: Int32, status: Int32
    ) throws {
        let place = try Workplace(programs: ["pdftotext": "exec sleep 600"])
        for number in 0..<Self.notes {
            try place.write("# Note \(number)\n\nBody of number\(number).\n", to: "n\(number).md")
        }
        try place.write("%PDF-1.4\n", to: "z.pdf")
        let run = try RunningCommand(place, "index", place.notes)
        #expect(try eventually { try documents(place) == Self.notes })

        #expect(run.end(by: signal) == status)
        #expect(
            run.said.contains(
                "interrupted after \(Self.notes) of \(Self.notes + 1) files; run `lore index` to go on"
            ),
            "\(run.said)")
        #expect(try documents(place) == Self.notes)

        try FileManager.default.removeItem(atPath: place.notes + "/z.pdf")
        try place.write("late\n", to: "late.md")
        let next = try place.run("index", "--json")
        #expect(next.json["unchanged"] as? Int == Self.notes)
        #expect(next.json["added"] as? Int == 1)
    }

    private func documents(_ place: Workplace) throws -> Int {
        try place.run("status", "--json").json["documents"] as? Int ?? 0
    }
}
