import Foundation
import LoreStore
import TestSupport
import Testing

/// Several processes at one index: one writes at a time, and nobody who reads waits.
@Suite struct LeaseTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
        try place.write("# Tea\n\nSteep the wombat blend for four minutes.\n", to: "tea.md")
        try place.run("index", place.notes)
    }

    private func hold() throws -> WriterLease {
        let holder = LeaseHolder(
            processID: 4242, command: "lore index --watch", since: Date(timeIntervalSince1970: 0))
        return try #require(
            try WriterLease.free(besideDatabase: place.database, as: holder))
    }

    @Test(arguments: [["index"], ["folders", "remove", "notes"], ["doctor", "--fix"]])
    func `who would write waits, says for whom, and goes on when it may`(arguments: [String]) throws
    {
        let lease = try hold()
        let process = place.lore.makeProcess(arguments)
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = FileHandle.nullDevice
        try process.run()

        let said = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
        lease.release()
        process.waitUntilExit()

        let words = "waiting for process 4242 (lore index --watch), which writes since "
        #expect(said.hasPrefix("lore: " + words), "\(said)")
        #expect(BuiltBinary.status(of: process) == 0)
    }

    @Test func `who waited too long says for whom and ends with 1`() throws {
        let lease = try hold()
        defer { lease.release() }

        let result = try place.lore.run(
            shell: "LORE_WRITER_TIMEOUT=0.1 exec \"$0\" index --json", [])

        #expect(result.status == 1)
        #expect(result.error.components(separatedBy: "process 4242").count == 3, "\(result.error)")
        #expect(result.error.contains("is busy: waited for process 4242 (lore index --watch)"))
        let error = result.json["error"] as? [String: String]
        #expect(error?["code"] == "failure")
    }

    @Test(arguments: [
        ["search", "--mode", "lexical", "wombat"], ["status"], ["get", "tea.md"], ["folders"],
        ["doctor"],
    ])
    func `who only reads never waits`(arguments: [String]) throws {
        let lease = try hold()
        defer { lease.release() }

        let result = try place.lore.run(
            shell: "LORE_WRITER_TIMEOUT=0 exec \"$0\" \"$@\"", arguments)

        #expect(result.status == 0, "\(result.error)\(result.text)")
    }

    @Test func `the lease of a killed process is free at once`() throws {
        for number in 0..<500 { try place.write("Body of \(number).\n", to: "n\(number).md") }
        let process = place.lore.makeProcess(["index"])
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        while !WriterLease.isHeld(besideDatabase: place.database), process.isRunning {
            usleep(500)
        }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()

        let result = try place.lore.run(
            shell: "LORE_WRITER_TIMEOUT=0 exec \"$0\" index --json", [])

        #expect(result.status == 0, "\(result.error)")
        #expect(result.json["documents"] as? Int == 501)
    }

    @Test func `eight processes index, search and ask at once without an error or a lost note`()
        throws
    {
        let script = """
            role=$1; notes=$2; end=$(( $(date +%s) + 4 )); n=0
            while [ $(date +%s) -lt $end ]; do
                n=$((n + 1))
                case $role in
                index*) echo "word$role of $n" > "$notes/$role-$n.md"; "$0" index -q ;;
                search) "$0" search -q --mode lexical wombat ;;
                ask) "$0" ask -q "How long does the wombat blend steep?" ;;
                backup) "$0" backup -q "$notes/../copy-$n.db" ;;
                esac
                status=$?
                # 3: not in the notes.
                [ $status = 0 ] || [ $status = 3 ] || { echo "$role: $status" >&2; exit 1; }
            done
            """
        let roles = ["index1", "index2", "search", "search", "search", "ask", "ask", "backup"]
        let errors = try place.folder.write("", to: "errors")
        let processes = try roles.map { role in
            let process = place.lore.makeProcess([])
            process.arguments = [
                "-c", script, process.executableURL?.path ?? "", role, place.notes,
            ]
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.standardOutput = FileHandle.nullDevice
            let error = try FileHandle(forWritingTo: errors)
            try error.seekToEnd()
            process.standardError = error
            try process.run()
            return process
        }
        for process in processes { process.waitUntilExit() }

        #expect(processes.map(BuiltBinary.status(of:)) == roles.map { _ in 0 })
        #expect(try String(contentsOf: errors, encoding: .utf8) == "")
        let files = try FileManager.default.contentsOfDirectory(atPath: place.notes)
        #expect(try place.run("index", "--json").json["documents"] as? Int == files.count)
        let doctor = try place.run("doctor")
        #expect(doctor.status == 0, "\(doctor.text)")
    }
}
