package import Foundation

extension DocumentReader {
    /// The bytes in `range` of a file as it is on disk now; nil where it does not have them, or is
    /// out of reach.
    package func bytes(
        in range: Range<Int>, ofFileAt path: String, below root: URL
    ) -> [UInt8]? {
        // Whoever asks for a part of a file that cannot be read does without it.
        guard let file = try? Descriptor.root(root.path).file(atPath: path),
            let status = try? file.status(), status.kind == .file,
            let bytes = try? file.bytes(in: range)
        else { return nil }
        return bytes.count == range.count ? bytes : nil
    }
}
