import GRDB
import GRDBSQLite

/// A prepared statement stepped through SQLite's own handle.
///
/// Two reasons to pass by GRDB's values: where thousands of rows are stepped each boxed value costs,
/// and text is bound and read with its length, so that a NUL in a note does not end it.
struct RawStatement {
    private let database: Database
    private let statement: Statement
    private var handle: OpaquePointer { statement.sqliteStatement }

    init(_ database: Database, _ sql: String) throws {
        self.database = database
        statement = try database.cachedStatement(sql: sql)
        reset()
    }

    private func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    /// Binds `values` in order, hands each row to `row`, and resets.
    func run(_ values: RawValue..., row: (RawStatement) throws -> Void = { _ in }) throws {
        try run(values, row: row)
    }

    /// Binds `values` in order, hands each row to `row`, and resets.
    func run(_ values: [RawValue], row: (RawStatement) throws -> Void = { _ in }) throws {
        defer { reset() }
        for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1)) }
        // A pointer that is bound does not hold its object.
        try withExtendedLifetime(values) { while try step() { try row(self) } }
    }

    private func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: true
        case SQLITE_DONE: false
        case let code: throw error(code)
        }
    }

    private func bind(_ value: RawValue, at index: Int32) throws {
        let code =
            switch value {
            case .null: sqlite3_bind_null(handle, index)
            case .integer(let value): sqlite3_bind_int64(handle, index, value)
            case .text(let value): bindText(value, at: index)
            case .blob(let bytes): bindBlob(bytes, at: index)
            case .pointer(let object, let type):
                sqlite3_bind_pointer(
                    handle, index, Unmanaged.passUnretained(object).toOpaque(), type.characters,
                    nil)
            }
        guard code == SQLITE_OK else { throw error(code) }
    }

    private func bindText(_ text: String, at index: Int32) -> Int32 {
        // A null pointer would bind NULL.
        if text.isEmpty { return sqlite3_bind_text(handle, index, "", 0, copyingDestructor) }
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                sqlite3_bind_text64(
                    handle, index, characters.baseAddress, UInt64(bytes.count),
                    copyingDestructor, UInt8(SQLITE_UTF8))
            }
        }
    }

    private func bindBlob(_ bytes: [UInt8], at index: Int32) -> Int32 {
        bytes.isEmpty
            ? sqlite3_bind_zeroblob(handle, index, 0)
            : sqlite3_bind_blob64(handle, index, bytes, UInt64(bytes.count), copyingDestructor)
    }

    private func error(_ code: Int32) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
    }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    func text(_ column: Int32) -> String { String(decoding: utf8(column), as: UTF8.self) }

    /// The bytes of a text, valid until the statement moves on; none of NULL.
    func utf8(_ column: Int32) -> UnsafeBufferPointer<UInt8> {
        let start = sqlite3_column_text(handle, column)
        return UnsafeBufferPointer(
            start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column)))
    }

    /// The bytes of a blob, valid until the statement moves on.
    func blob(_ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(handle, column)
        return UnsafeRawBufferPointer(
            start: start, count: Int(sqlite3_column_bytes(handle, column)))
    }
}

/// A value to bind.
enum RawValue {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])
    /// An object for a function of ours, not seen by SQL.
    case pointer(AnyObject, type: StaticString)
}

/// Tells SQLite to copy what it is given before the call returns (`SQLITE_TRANSIENT`, a C macro).
let copyingDestructor = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
