import LoreCore
import Testing

@Suite struct NearestNameTests {
    private let names = ["connect_timeout", "idle_timeout", "model"]

    @Test(arguments: [
        ("modle", "model"), ("idle_timout", "idle_timeout"), ("conect_timeout", "connect_timeout"),
    ])
    func `a slip of the fingers finds the name that was meant`(typed: String, meant: String) {
        #expect(nearestName(to: typed, among: names) == meant)
    }

    @Test func `a name far from all others finds none`() {
        #expect(nearestName(to: "colour", among: names) == nil)
        #expect(nearestName(to: "model", among: []) == nil)
    }
}
