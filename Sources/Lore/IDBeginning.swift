/// The id among `ids` that `beginning` means; `ids` are those that begin so, all or the first two.
///
/// - Throws: `unknown` where there is none; `KnowledgeBaseError.ambiguousID` where there are several,
///   and none of them is `beginning` itself.
func whole(
    _ beginning: String, among ids: [String], orThrow unknown: KnowledgeBaseError
) throws -> String {
    guard !beginning.isEmpty, let id = ids.first else { throw unknown }
    guard ids.count == 1 || id == beginning else {
        throw KnowledgeBaseError.ambiguousID(id: beginning)
    }
    return id
}
