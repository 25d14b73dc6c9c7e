import Foundation
import LoreIngest
import Synchronization
import TestSupport
import Testing

@Suite struct FolderWatcherTests {
    /// Counts the signals of a watcher.
    private final class Count: Sendable {
        private let count = Mutex(0)
        var value: Int { count.withLock { $0 } }
        func add() { count.withLock { $0 += 1 } }
    }

    /// Whether `change` makes the watcher of `folder` signal.
    private func signals(
        _ folder: TemporaryFolder, watching folders: [String] = [""], _ change: () throws -> Void
    ) throws -> Bool {
        let count = Count()
        let watcher = FolderWatcher(root: folder.path) { count.add() }
        defer { watcher.stop() }
        _ = watcher.watch(folders)
        try change()
        return eventually { count.value > 0 }
    }

    @Test func `a note that is made, appended to, renamed over or removed gives a signal`() throws {
        let folder = try TemporaryFolder()
        let files = FileManager.default
        let note = folder.url.appending(path: "a.md")
        #expect(try signals(folder) { try folder.write("one", to: "a.md") })
        #expect(
            try signals(folder) {
                let handle = try FileHandle(forWritingTo: note)
                try handle.write(contentsOf: Data("more".utf8))
                try handle.close()
            })
        try folder.write("two", to: ".a.md.tmp")
        #expect(try signals(folder) { rename(folder.path + "/.a.md.tmp", note.path) })
        #expect(try signals(folder) { try files.removeItem(at: note) })
    }

    @Test func `folders and ignore rules that come and go give a signal`() throws {
        let folder = try TemporaryFolder()
        let files = FileManager.default
        let inner = folder.url.appending(path: "inner")
        #expect(
            try signals(folder) {
                try files.createDirectory(at: inner, withIntermediateDirectories: false)
            })
        #expect(
            try signals(folder, watching: ["", "inner"]) {
                try folder.write("one", to: "inner/a.md")
            })
        #expect(try signals(folder) { try folder.write("a.md", to: ".loreignore") })
        #expect(try signals(folder) { try files.removeItem(at: inner) })
        #expect(try signals(folder) { try files.removeItem(at: folder.url) })
    }

    #if os(Linux)
        @Test func `a folder is new once, and again after another took its place`() throws {
            let folder = try TemporaryFolder()
            try folder.write("one", to: "inner/a.md")
            let watcher = FolderWatcher(root: folder.path) {}
            defer { watcher.stop() }

            #expect(watcher.watch(["", "inner"]))
            #expect(!watcher.watch(["", "inner"]))
            rename(folder.path + "/inner", folder.path + "/old")
            try folder.write("two", to: "inner/b.md")
            #expect(watcher.watch(["", "inner"]))
            #expect(!watcher.watch([""]))
            #expect(watcher.watch(["", "inner"]))
        }
    #endif

    @Test func `polling signals though nothing happens`() throws {
        let folder = try TemporaryFolder()
        let count = Count()
        let watcher = FolderWatcher(root: folder.path, method: .polling) { count.add() }
        defer { watcher.stop() }

        #expect(!watcher.watch([""]))
        #expect(watcher.reasonForPolling() == nil)
        #expect(eventually { count.value > 0 })
    }
}
