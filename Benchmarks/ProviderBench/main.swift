// provider-bench BASE RUNS: streams RUNS answers of an OpenAI-compatible server at BASE, one after the
// other, and prints for each its seconds to the first text and to the end, its pieces, and the peak
// memory in KB.

import Foundation
import LoreCore
import LoreProviders

let arguments = CommandLine.arguments
guard arguments.count == 3, let runs = Int(arguments[2]) else {
    fatalError("usage: provider-bench BASE RUNS")
}
let client = HTTPClient(
    HTTPClient.Configuration(
        offline: true,
        timeouts: HTTPTimeouts(connect: .seconds(10), idle: .seconds(60), total: nil)))
let model = RemoteChatModel(
    profile: ModelProfile(name: "m"),
    endpoint: ProviderEndpoint(provider: .compatible, base: arguments[1], key: nil),
    transport: ProviderTransport(client: client))
let request = ChatRequest(messages: [ChatMessage(.user, "Hi")])

nonisolated func peakKilobytes() -> Int {
    var usage = rusage()
    #if canImport(Glibc)
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss
    #else
        getrusage(RUSAGE_SELF, &usage)
        return usage.ru_maxrss / 1024
    #endif
}

// Off the main actor: a hop for each piece would be the program's and not the client's.
@concurrent func measure(_ model: RemoteChatModel, _ request: ChatRequest, runs: Int) async throws {
    for _ in 0..<runs {
        let start = ContinuousClock.now
        var first: Duration?
        var pieces = 0
        for try await event in model.stream(request) {
            guard case .text = event else { continue }
            first = first ?? (.now - start)
            pieces += 1
        }
        let total = ContinuousClock.now - start
        let seconds = [first ?? total, total].map { $0 / .seconds(1) }
        print(seconds[0], seconds[1], pieces, peakKilobytes())
    }
}

try await measure(model, request, runs: runs)
client.close()
