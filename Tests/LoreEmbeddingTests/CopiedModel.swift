import Foundation
import TestSupport

/// A tiny model in a folder of another name.
struct CopiedModel {
    private let folder: TemporaryFolder
    let url: URL

    init(_ model: String, named name: String) throws {
        folder = try TemporaryFolder()
        url = folder.url.appendingPathComponent(name)
        try FileManager.default.copyItem(at: Fixtures.tinyModel(model), to: url)
    }
}
