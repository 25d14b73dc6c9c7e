import Foundation
import LoreLinearAlgebra
import LoreSearch

// The side of lore in `scripts/bench search`: vectors from a file, then a command a line.
//
//   single N      the best 10 of query N
//   filter P N    the same among P % of the rows
//   batch         the best 10 of every query
//   f32 N         products of all vectors with query N on OpenBLAS, without ranking
//   floor         the sum of the codes' bytes
//
// Answers with a line of JSON: the milliseconds, and the rows found.

let arguments = CommandLine.arguments
guard arguments.count == 5, let dimensions = Int(arguments[3]), let threads = Int(arguments[4])
else {
    FileHandle.standardError.write(
        Data("usage: search-bench VECTORS QUERIES DIMENSIONS THREADS\n".utf8))
    exit(2)
}
let bench = try SearchBench(
    vectors: arguments[1], queries: arguments[2], dimensions: dimensions, threads: threads)
write(#"{"ready": \#(bench.encodingMilliseconds)}"#)
while let line = readLine() {
    let words = line.split(separator: " ")
    let numbers = words.dropFirst().compactMap { Int($0) }
    write(try bench.answer(String(words.first ?? ""), numbers))
}

/// Unbuffered: the script waits for each line.
func write(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
