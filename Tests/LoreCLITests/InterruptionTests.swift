import Foundation
import TestSupport
import Testing

@Suite struct InterruptionTests {
    private static let notes = 1_000

    @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
    func `a signal ends a run with its status, what was read is kept, and the next run goes on`(
        signal: Int32, status: Int32
    ) throws {
        let place = try Workplace()
        for number in 0..<Self.notes {
            try place.write("# Note \(number)\n\nBody of number\(number).\n", to: "n\(number).md")
        }
        let run = try RunningCommand(place, "index", place.notes)
        #expect(try eventually { try documents(place) > 0 })

        #expect(run.end(by: signal) == status)
        #expect(run.said.contains("interrupted after"), "\(run.said)")
        #expect(run.said.contains("of \(Self.notes) files; run `lore index` to go on"))
        let kept = try documents(place)
        let next = try place.run("index", "--json")
        #expect(kept > 0 && kept < Self.notes)
        #expect(next.json["unchanged"] as? Int == kept)
        #expect(next.json["added"] as? Int == Self.notes - kept)
    }

    private func documents(_ place: Workplace) throws -> Int {
        try place.run("status", "--json").json["documents"] as? Int ?? 0
    }
}
