// provider-check BASE MODEL [cancel PROTOCOL]: asks the model of a real server at BASE, an address
// without a version, in each protocol that it speaks, and prints one JSON object a check. With
// `cancel` it lets go of a reply after its first text, says so, and waits until stdin ends.

import LoreCore
import LoreProviders

let arguments = CommandLine.arguments
guard arguments.count == 3 || arguments.count == 5 && arguments[3] == "cancel" else {
    fatalError("usage: provider-check BASE MODEL [cancel PROTOCOL]")
}
let server = RealServer(base: arguments[1], model: arguments[2])
if arguments.count == 5 {
    guard let wire = RealServer.Wire(rawValue: arguments[4]) else {
        fatalError("PROTOCOL is one of \(RealServer.Wire.allCases.map(\.rawValue))")
    }
    try await letGo(of: server, in: wire)
} else {
    for wire in RealServer.Wire.allCases {
        await ProtocolChecks(server: server, wire: wire).run()
    }
}
server.client.close()
