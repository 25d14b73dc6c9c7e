/// A folder that is indexed.
package struct StoredFolder: Hashable, Sendable {
    package let id: Int64
    /// What it is called in output and in paths.
    package let name: String
    /// Absolute.
    package let path: String
    package let documents: Int

    package init(id: Int64, name: String, path: String, documents: Int) {
        self.id = id
        self.name = name
        self.path = path
        self.documents = documents
    }
}
