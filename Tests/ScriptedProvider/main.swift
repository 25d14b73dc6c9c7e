// A scripted provider as a program, for clients that are not written here: scripts/check-wire.
//
// It prints its base address, and then does with the next request what a line of its input says:
// `text`, `tools`, `length`, or the name of a failure.

import Foundation
import LoreCore
import TestSupport

/// Writes a line at once: the reader waits for it.
func say(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

let provider = try ScriptedProvider()
let usage = TokenUsage(
    inputTokens: 100, cachedTokens: 60, cacheWriteTokens: 8, outputTokens: 20, reasoningTokens: 5)

/// What a line of the script means; nil where it means nothing.
func act(_ line: String) -> ScriptedAct? {
    let calls = [
        ScriptedReply.Call(id: "call_a", name: "search", pieces: "{\"q\":", "\"pump\"}"),
        ScriptedReply.Call(id: "call_b", name: "search", pieces: "{}"),
    ]
    switch line {
    case "text": return .say(ScriptedReply(pieces: ["Hé", "llo ", "wörld 😀."], usage: usage))
    case "thinking": return .say(ScriptedReply(thinking: "hm", pieces: ["a", "b"], usage: usage))
    case "tools": return .say(ScriptedReply(pieces: ["Looking."], calls: calls, usage: usage))
    case "length": return .say(ScriptedReply(pieces: ["a"], finish: .length, usage: usage))
    default:
        return ScriptedFailure.allCases.first { "\($0)" == line }.map { .fail($0) }
    }
}

say(provider.server.address(""))
while let line = readLine() {
    guard let act = act(line) else { fatalError("unknown act '\(line)'") }
    provider.next(act)
    say("ready")
}
