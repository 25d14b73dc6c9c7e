import LoreProviders

/// Asks those who run chat models for their lists of models: the cheapest call that tries a key.
struct ProviderChecks: Sendable {
    private let configuration: Configuration

    init(_ configuration: Configuration) { self.configuration = configuration }

    /// One server to be asked.
    private struct Subject: Sendable {
        let name: String
        let endpoint: ProviderEndpoint
        /// Whether it is a fault that it does not answer.
        var isWanted = true
    }

    /// One check for each provider that has a key, and for each server that the settings or their
    /// own default addresses name; all are asked at once.
    func checks() async -> [Check] {
        // No text of a note is in these requests.
        let transport = configuration.providerTransport { _, _ in }
        return await withTaskGroup(of: (Int, Check).self) { group in
            let subjects = subjects()
            for (number, subject) in subjects.enumerated() {
                group.addTask { (number, await check(subject, transport)) }
            }
            var checks: [(Int, Check)] = []
            for await check in group { checks.append(check) }
            return checks.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func subjects() -> [Subject] {
        let own = configuration.chatModels.sorted { $0.key < $1.key }.compactMap { name, entry in
            entry.base.flatMap { base in
                (try? ModelName(name)).map { name in
                    Subject(
                        name: name.description,
                        endpoint: ProviderEndpoint(provider: name.provider, base: base, key: nil))
                }
            }
        }
        let llama = LocalServer.llama
        return Provider.allCases.compactMap(subject) + own
            + [Subject(name: "llama.cpp", endpoint: llama.endpoint, isWanted: false)]
    }

    /// Nil where nothing says that the provider is used.
    private func subject(_ provider: Provider) -> Subject? {
        let variables = configuration.providers.values
        // What has no key but needs one is no fault: it is not used.
        guard
            let endpoint = try? ProviderEndpoint(provider: provider, environment: variables),
            // The server that OPENAI_BASE_URL names is asked once, by the name it has a key for.
            provider != .compatible || endpoint.key == nil
        else { return nil }
        let isNamed = [configuration.model, configuration.utilityModel ?? ""].contains {
            $0.hasPrefix("\(provider.rawValue):")
        }
        return Subject(
            name: provider.rawValue, endpoint: endpoint,
            isWanted: provider != .ollama || isNamed || variables[provider.baseVariable] != nil)
    }

    private func check(_ subject: Subject, _ transport: ProviderTransport) async -> Check {
        let host = (try? HTTPAddress(subject.endpoint.base))?.host ?? "its address"
        do {
            let transport = subject.isWanted ? transport : LocalServer.transport()
            let models = try await ProviderModels(
                endpoint: subject.endpoint, transport: transport
            ).names()
            return .sound(
                subject.name, "\(models.count) model\(models.count == 1 ? "" : "s") at \(host)")
        } catch ProviderError.refusedOffline {
            return .sound(subject.name, "not asked: offline")
        } catch let error as ProviderError {
            return subject.isWanted
                ? .faulty(subject.name, error.description, mendedBy: nil)
                : .sound(subject.name, "none at its usual port")
        } catch {
            return .faulty(subject.name, "\(error)", mendedBy: nil)
        }
    }
}
