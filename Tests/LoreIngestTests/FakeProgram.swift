import Foundation
import LoreCore
import LoreIngest
import TestSupport

/// A folder of programs that stand in for the real ones, and files to convert with them.
struct FakeProgram {
    private let programs: TemporaryFolder
    private let notes: TemporaryFolder
    private var limits = ConversionLimits()

    /// Where the real programs lie.
    static let realPath = ProcessInfo.processInfo.environment["PATH"] ?? ""

    /// Puts a program `name` there that does what `script`, of the language of `/bin/sh`, says.
    init(_ name: String, _ script: String) throws {
        programs = try TemporaryFolder()
        notes = try TemporaryFolder()
        let file = try programs.write("#!/bin/sh\n\(script)\n", to: name)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: file.path)
    }

    func limited(_ change: (inout ConversionLimits) -> Void) -> FakeProgram {
        var copy = self
        change(&copy.limits)
        return copy
    }

    /// Reads a file of `bytes` called `name`, with the fakes first on the search path.
    func read(_ name: String, _ bytes: [UInt8] = Array("x".utf8)) async throws -> ReadDocument {
        try notes.write(Data(bytes), to: name)
        let converter = ExternalConverter(
            searchPath: "\(programs.path):\(Self.realPath)", limits: limits)
        let reader = DocumentReader(maxFileBytes: 10_000_000, converter: converter)
        return try await reader.read(entry(name), below: notes.url)
    }

    private func entry(_ name: String) throws -> FileEntry {
        guard
            let entry = try FolderWalker(root: notes.url).walk().files.first(where: {
                $0.path == name
            })
        else { throw CocoaError(.fileNoSuchFile) }
        return entry
    }
}
