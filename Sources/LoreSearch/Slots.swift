/// Places that threads fill, one each.
///
/// `@unchecked Sendable`, and no lock: each index is written by one thread only, and read when all
/// threads are done.
final class Slots<Element>: @unchecked Sendable {
    private let storage: UnsafeMutableBufferPointer<Element>

    init(count: Int, filling: Element) {
        storage = .allocate(capacity: count)
        storage.initialize(repeating: filling)
    }

    deinit { storage.deinitialize().deallocate() }

    subscript(index: Int) -> Element {
        get { storage[index] }
        set { storage[index] = newValue }
    }

    var values: [Element] { Array(storage) }
}
