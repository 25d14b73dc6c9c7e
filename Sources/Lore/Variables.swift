/// The variables of the environment, and behind them those of a `.env`.
struct Variables {
    let environment: [String: String]
    private let file: EnvironmentFile?
    /// One where neither is empty: an empty variable is none.
    let all: [String: String]

    /// - Parameters:
    ///   - environment: Variables by name; the stronger ones.
    ///   - file: What the working directory's `.env` holds.
    init(environment: [String: String], file: EnvironmentFile? = nil) {
        self.environment = environment.filter { !$0.value.isEmpty }
        self.file = file
        all = (file?.values ?? [:]).merging(self.environment) { $1 }
    }

    subscript(name: String) -> String? { all[name] }

    /// Nil where the variable is not set.
    func origin(of name: String) -> SettingOrigin? {
        if environment[name] != nil { return .environment(variable: name) }
        return all[name].flatMap { _ in file.map { .file(path: $0.path) } }
    }
}
