// token-bench: reads "SET BYTES TOKENS" a line from stdin and tells how far lore's estimate of the tokens
// lay from the count, by the ratio that is assumed and by the one that is learnt line by line.
import LoreProviders

/// How far estimates lay from counts.
struct Errors {
    private var parts: [Double] = []

    /// Adds the distance of an estimate, as a part of the count.
    mutating func add(_ estimate: Int, of tokens: Int) {
        parts.append(Double(estimate - tokens) / Double(tokens))
    }

    /// The mean, the lowest, and how many estimates were too low, in percent.
    var summary: String {
        let mean = parts.reduce(0, +) / Double(parts.count)
        let low = parts.count { $0 < 0 }
        let values = [mean, parts.min() ?? 0, Double(low) / Double(parts.count)]
        return values.map { "\(($0 * 1000).rounded() / 10)" }.joined(separator: "\t")
    }
}

var names: [String] = []
var assumed: [String: Errors] = [:]
var learnt: [String: Errors] = [:]
var ratio = TokenRatio()
while let line = readLine() {
    let fields = line.split(separator: " ")
    guard fields.count == 3, let bytes = Int(fields[1]), let tokens = Int(fields[2]) else {
        fatalError("not 'SET BYTES TOKENS': \(line)")
    }
    let name = String(fields[0])
    if assumed[name] == nil { names.append(name) }
    assumed[name, default: Errors()].add(TokenEstimate.most(bytes: bytes), of: tokens)
    learnt[name, default: Errors()].add(ratio.most(bytes: bytes), of: tokens)
    ratio.learn(bytes: bytes, tokens: tokens)
}
print("set\tassumed: mean %\tlowest %\ttoo low %\tlearnt: mean %\tlowest %\ttoo low %")
for name in names {
    print(name, assumed[name]?.summary ?? "", learnt[name]?.summary ?? "", separator: "\t")
}
