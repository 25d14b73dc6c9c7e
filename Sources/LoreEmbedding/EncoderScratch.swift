import LoreLinearAlgebra

/// Room for one batch under way, used again for the next; one thread's own.
final class EncoderScratch {
    private let configuration: EncoderConfiguration
    private var room: Room
    private var tokens = 0

    /// `[T × D]`, what a layer reads.
    private(set) var hidden: Matrix
    /// `[T × D]`, what becomes the next `hidden`.
    private(set) var mixed: Matrix

    private struct Room {
        let hidden: Matrix
        let mixed: Matrix
        let projections: Matrix
        let context: Matrix
        let wide: Matrix
        let square: Matrix

        init(_ configuration: EncoderConfiguration, tokens: Int, longest: Int) {
            let d = configuration.dimensions
            hidden = Matrix(rows: tokens, columns: d)
            mixed = Matrix(rows: tokens, columns: d)
            projections = Matrix(rows: tokens, columns: 3 * d)
            context = Matrix(rows: tokens, columns: d)
            wide = Matrix(rows: tokens, columns: configuration.intermediate)
            square = Matrix(rows: longest, columns: longest)
        }
    }

    init(configuration: EncoderConfiguration) {
        self.configuration = configuration
        room = Room(configuration, tokens: 0, longest: 0)
        (hidden, mixed) = (room.hidden, room.mixed)
    }

    /// Makes room for `tokens` tokens of texts of at most `longest`.
    func reserve(tokens: Int, longest: Int) {
        if tokens > room.hidden.rows || longest > room.square.rows {
            room = Room(
                configuration, tokens: max(tokens, room.hidden.rows),
                longest: max(longest, room.square.rows))
        }
        self.tokens = tokens
        hidden = room.hidden.slice(rows: 0..<tokens)
        mixed = room.mixed.slice(rows: 0..<tokens)
    }

    /// `[T × 3D]`: query, key, value.
    var projections: Matrix { room.projections.slice(rows: 0..<tokens) }

    /// `[T × D]`, what the heads found.
    var context: Matrix { room.context.slice(rows: 0..<tokens) }

    /// What is between the two products of a feed-forward layer, `[T × intermediate]`.
    var wide: Matrix { room.wide.slice(rows: 0..<tokens) }

    /// `[length × length]`, for the scores of one head.
    func scores(_ length: Int) -> Matrix {
        room.square.slice(rows: 0..<length).slice(columns: 0..<length)
    }

    func swapHidden() { swap(&hidden, &mixed) }
}
