import GRDB

/// The index at one moment: what a `read` is given to look through.
///
/// Valid inside that `read` only.
package struct StoreReader {
    let database: Database
}
