import Foundation
import TestSupport
import Testing

@Suite struct ModelsCommandTests {
    @Test func `a model that is unknown is an error that names those known`() throws {
        let result = try Workplace().run("models", "pull", "nonesuch")

        #expect(result.status == 3)
        #expect(result.error.contains("minilm"))
    }

    @Test func `offline, nothing is fetched and the message says why`() throws {
        let result = try Workplace().run("models", "pull", "minilm", "--offline")

        #expect(result.status == 5)
        #expect(result.error.contains("offline"))
    }

    @Test func `no model is an empty list, and a line says how to get one`() throws {
        let place = try Workplace()

        #expect(try place.run("models", "list", "--json").json["models"] as? [String] == [])
        #expect(try place.run("models").error.contains("lore models pull minilm"))
    }

    @Test func `an imported model is listed with what it is`() throws {
        let place = try Workplace(hasModel: true)

        let models = try place.run("models", "list", "--json").json["models"] as? [[String: Any]]

        #expect(models?.first?["name"] as? String == "minilm")
        #expect(models?.first?["kind"] as? String == "embedding")
        #expect(models?.first?["dimensions"] as? Int == 384)
        #expect(models?.first?["max_tokens"] as? Int == 256)
        #expect(
            models?.first?["sha256"] as? String
                == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db")
    }
}
