package import Lore

/// `doctor --json`.
package struct DoctorBody: Encodable, Sendable {
    struct Check: Encodable, Sendable {
        let name: String
        let ok: Bool
        let detail: String?
        let problem: String?
        let command: String?
    }

    struct Setting: Encodable, Sendable {
        let name: String
        let value: String
        let origin: String
    }

    let checks: [Check]
    let mended: [String]
    let settings: [Setting]

    package init(_ report: DoctorReport, providers: [Lore.Check] = []) {
        checks = (report.checks + providers).map {
            Check(
                name: $0.name, ok: $0.isSound, detail: $0.detail.isEmpty ? nil : $0.detail,
                problem: $0.problem, command: $0.command)
        }
        mended = report.mended
        settings = report.settings.map {
            Setting(name: $0.name, value: $0.value, origin: $0.origin.description)
        }
    }
}

/// `backup --json`.
package struct BackupBody: Encodable, Sendable {
    let path: String
    let bytes: Int64
    let tookMs: Double

    package init(_ report: BackupReport) {
        path = report.path
        bytes = report.bytes
        tookMs = report.took.wireMilliseconds
    }
}
