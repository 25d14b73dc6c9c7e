/// A file that a download brings, known by its exact bytes.
package struct DownloadableFile: Hashable, Sendable {
    /// Below the folder of the download, with `/`.
    package let path: String
    package let address: HTTPAddress
    package let bytes: Int64
    /// 64 lower-case hexadecimal digits.
    package let sha256: String

    package init(path: String, address: HTTPAddress, bytes: Int64, sha256: String) {
        self.path = path
        self.address = address
        self.bytes = bytes
        self.sha256 = sha256
    }
}

/// An embedding model that `lore models pull` knows by name.
package struct DownloadableModel: Hashable, Sendable {
    /// What the user calls it.
    package let name: String
    /// Its name at its public home.
    package let repository: String
    /// Its license, as its home states it.
    package let license: String

    private let revision: String
    private let contents: [Content]

    private struct Content: Hashable, Sendable {
        let path: String
        let bytes: Int64
        let sha256: String
    }

    /// Where models live unless the user names another place (by convention in `HF_ENDPOINT`).
    package static let publicHome = "https://huggingface.co"

    /// Every model of the catalogue, by name.
    package static let all: [DownloadableModel] = [minilm]

    /// The model that the user calls `name`.
    package static func named(_ name: String) -> DownloadableModel? {
        all.first { $0.name == name }
    }

    /// The bytes of all files.
    package var totalBytes: Int64 { contents.reduce(0) { $0 + $1.bytes } }

    /// What to fetch, the small files first: a wrong address shows at once.
    ///
    /// - Parameter home: The base address, with or without a slash at its end.
    /// - Returns: One entry a file, in the order of the download.
    /// - Throws: `ProviderError.invalidAddress` where `home` is no http or https address.
    package func files(home: String = publicHome) throws -> [DownloadableFile] {
        let base = home.hasSuffix("/") ? String(home.dropLast()) : home
        return try contents.map { content in
            DownloadableFile(
                path: content.path,
                address: try HTTPAddress(
                    "\(base)/\(repository)/resolve/\(revision)/\(content.path)"),
                bytes: content.bytes, sha256: content.sha256)
        }
    }

    /// A fixed revision: its bytes never change, so every file is pinned and none is trusted.
    private static let minilm = DownloadableModel(
        name: "minilm", repository: "sentence-transformers/all-MiniLM-L6-v2",
        license: "Apache-2.0", revision: "1110a243fdf4706b3f48f1d95db1a4f5529b4d41",
        contents: [
            Content(
                path: "modules.json", bytes: 349,
                sha256: "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf"),
            Content(
                path: "config.json", bytes: 612,
                sha256: "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41"),
            Content(
                path: "sentence_bert_config.json", bytes: 53,
                sha256: "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7"),
            Content(
                path: "1_Pooling/config.json", bytes: 190,
                sha256: "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23"),
            Content(
                path: "tokenizer_config.json", bytes: 350,
                sha256: "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b"),
            Content(
                path: "special_tokens_map.json", bytes: 112,
                sha256: "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3"),
            Content(
                path: "vocab.txt", bytes: 231_508,
                sha256: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"),
            Content(
                path: "tokenizer.json", bytes: 466_247,
                sha256: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"),
            Content(
                path: "model.safetensors", bytes: 90_868_376,
                sha256: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"),
        ])
}
