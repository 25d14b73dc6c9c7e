import LoreProviders
import Testing

@Suite struct DownloadableModelTests {
    @Test func `minilm is all-MiniLM-L6-v2 with its published weights`() throws {
        let model = try #require(DownloadableModel.named("minilm"))
        let files = try model.files(home: "http://127.0.0.1:9/mirror/")
        let weights = try #require(files.last)

        #expect(model.repository == "sentence-transformers/all-MiniLM-L6-v2")
        #expect(weights.path == "model.safetensors")
        #expect(weights.bytes == 90_868_376)
        #expect(
            weights.sha256 == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db")
        #expect(weights.address.description.hasPrefix("http://127.0.0.1:9/mirror/sentence-"))
        #expect(weights.address.description.hasSuffix("/model.safetensors"))
        #expect(model.totalBytes == 91_567_797)
    }

    @Test func `every file of every model is pinned and lies below its folder`() throws {
        for model in DownloadableModel.all {
            let files = try model.files()
            #expect(Set(files.map(\.path)).count == files.count)
            for file in files {
                #expect(file.sha256.utf8.count == 64 && file.sha256 == file.sha256.lowercased())
                #expect(!file.path.hasPrefix("/") && !file.path.contains(".."))
                #expect(file.address.scheme == "https")
            }
        }
    }

    @Test func `an unknown name is no model, and a bad home is an error`() throws {
        #expect(DownloadableModel.named("minilm-7") == nil)
        #expect(throws: ProviderError.self) {
            try DownloadableModel.named("minilm")?.files(home: "not an address")
        }
    }
}
