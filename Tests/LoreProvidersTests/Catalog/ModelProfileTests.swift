import LoreCore
import Testing

@testable import LoreProviders

@Suite struct ModelProfileTests {
    private let asked = ChatParameters(
        temperature: 0.2, maxTokens: 5000, stop: ["x"], effort: .minimal)

    @Test func `what a model refuses is left out with a notice`() {
        var profile = ModelProfile(name: "m")
        profile.refuses = [.temperature, .stop]
        profile.efforts = [.low, .high]
        profile.maxOutput = 1000

        let (kept, notices) = profile.accepted(asked)

        #expect(kept == ChatParameters(maxTokens: 1000))
        #expect(
            notices == [
                .parameterDropped("temperature", model: "m"),
                .parameterDropped("stop", model: "m"),
                .parameterDropped("effort 'minimal'", model: "m"),
            ])
    }

    @Test func `what nobody says that it refuses is sent`() {
        let (kept, notices) = ModelProfile(name: "m").accepted(asked)

        #expect(kept == asked)
        #expect(notices == [])
    }

    @Test func `a model that lets no one choose its tool chooses itself`() {
        var profile = ModelProfile(name: "m")
        #expect(profile.accepted(ToolChoice.required).0 == .required)

        profile.refuses = [.forcedTools]

        #expect(profile.accepted(ToolChoice.named("a")).0 == .auto)
        #expect(profile.accepted(ToolChoice.required).1.count == 1)
        #expect(profile.accepted(ToolChoice.none).1 == [])
    }
}
