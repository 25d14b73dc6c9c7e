package import Foundation
package import LoreCore

extension DocumentReader {
    /// The hash of a file as it is on disk now; what it says is not looked at.
    ///
    /// - Throws: `IngestError.unreadable`, `.notAFile`, `.tooLarge`, `.changedWhileRead`.
    package func contentHash(
        ofFileAt path: String, below root: URL
    ) throws(IngestError) -> ContentHash {
        Self.hash(of: try content(of: path, below: root.path))
    }
}
