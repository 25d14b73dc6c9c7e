#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Standard deviations from the mean; all 0 where the values do not differ.
func standardized(_ values: [Double]) -> [Double] {
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    guard variance > 1e-18 else { return values.map { _ in 0 } }
    return values.map { ($0 - mean) / variance.squareRoot() }
}
