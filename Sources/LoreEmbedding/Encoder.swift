import LoreLinearAlgebra

/// A BERT encoder over many texts at once, their tokens packed into one matrix without padding.
///
/// Every product and every element-wise pass runs over all tokens of a batch; only attention goes
/// text by text. Dimensions: **T** tokens of a batch, **D** features.
///
/// - SeeAlso: BERT arXiv:1810.04805
struct Encoder: Sendable {
    let configuration: EncoderConfiguration
    let weights: EncoderWeights

    /// Runs all layers over all tokens.
    ///
    /// - Parameters:
    ///   - texts: token ids of each text or pair, each at most `maxPositions` long
    ///   - scratch: room that may be used again
    /// - Returns: The last layer's vectors, `[T × D]`, valid until the next use of `scratch`.
    func encode(_ texts: [WordPieceTokenizer.Encoding], scratch: EncoderScratch) -> Matrix {
        let lengths = texts.map(\.ids.count)
        scratch.reserve(tokens: lengths.reduce(0, +), longest: lengths.max() ?? 0)
        embed(texts, scratch)
        for layer in weights.layers {
            attend(layer, lengths, scratch)
            feedForward(layer, scratch)
        }
        return scratch.hidden
    }

    /// Makes hidden = norm(word + position + type).
    private func embed(_ texts: [WordPieceTokenizer.Encoding], _ scratch: EncoderScratch) {
        var token = 0
        for text in texts {
            for (position, id) in text.ids.enumerated() {
                _ = scratch.hidden.row(token).update(from: weights.words.row(Int(id)))
                _ = scratch.mixed.row(token).update(from: weights.positions.row(position))
                token += 1
            }
        }
        for (type, rows) in typedRows(texts) {
            normalize(
                scratch.hidden.slice(rows: rows),
                adding: weights.types.slice(rows: type..<type + 1),
                residual: scratch.mixed.slice(rows: rows), weights.embeddingNorm)
        }
    }

    /// Rows of like type that follow each other: texts without a second part are one run.
    private func typedRows(
        _ texts: [WordPieceTokenizer.Encoding]
    ) -> [(type: Int, rows: Range<Int>)] {
        var runs: [(type: Int, rows: Range<Int>)] = []
        var first = 0
        for text in texts {
            let (second, end) = (first + text.secondStart, first + text.ids.count)
            if let last = runs.last, last.type == 0 {
                runs[runs.count - 1].rows = last.rows.lowerBound..<second
            } else {
                runs.append((0, first..<second))
            }
            if second < end { runs.append((1, second..<end)) }
            first = end
        }
        return runs
    }

    /// Makes hidden = norm(hidden + attention(hidden)).
    private func attend(
        _ layer: EncoderWeights.Layer, _ lengths: [Int], _ scratch: EncoderScratch
    ) {
        let d = configuration.dimensions
        for (place, linear) in [layer.query, layer.key, layer.value].enumerated() {
            let part = scratch.projections.slice(columns: place * d..<(place + 1) * d)
            BLAS.multiply(scratch.hidden, transposed: linear.weight, into: part)
            Kernels.add(linear.bias, to: part)
        }
        var first = 0
        for length in lengths {
            attend(rows: first..<first + length, scratch)
            first += length
        }
        let output = layer.attentionOutput
        BLAS.multiply(scratch.context, transposed: output.weight, into: scratch.mixed)
        normalize(
            scratch.mixed, adding: output.bias, residual: scratch.hidden, layer.attentionNorm)
        scratch.swapHidden()
    }

    /// Makes context = softmax(query · keyᵀ / √d) · value for the tokens of one text, head by head.
    private func attend(rows: Range<Int>, _ scratch: EncoderScratch) {
        let (d, width) = (configuration.dimensions, configuration.headDimensions)
        let projections = scratch.projections.slice(rows: rows)
        let context = scratch.context.slice(rows: rows)
        let scores = scratch.scores(rows.count)
        for start in stride(from: 0, to: d, by: width) {
            let query = projections.slice(columns: start..<start + width)
            let key = projections.slice(columns: d + start..<d + start + width)
            let value = projections.slice(columns: 2 * d + start..<2 * d + start + width)
            BLAS.multiply(query, transposed: key, into: scores)
            Kernels.softmax(scores, scale: 1 / Float(width).squareRoot())
            BLAS.multiply(scores, value, into: context.slice(columns: start..<start + width))
        }
    }

    /// Makes hidden = norm(hidden + output(activation(intermediate(hidden)))).
    private func feedForward(_ layer: EncoderWeights.Layer, _ scratch: EncoderScratch) {
        BLAS.multiply(scratch.hidden, transposed: layer.intermediate.weight, into: scratch.wide)
        Kernels.add(layer.intermediate.bias, to: scratch.wide, then: configuration.activation)
        BLAS.multiply(scratch.wide, transposed: layer.output.weight, into: scratch.mixed)
        normalize(
            scratch.mixed, adding: layer.output.bias, residual: scratch.hidden, layer.outputNorm)
        scratch.swapHidden()
    }

    private func normalize(
        _ x: Matrix, adding bias: Matrix, residual: Matrix, _ norm: EncoderWeights.Norm
    ) {
        Kernels.layerNorm(
            x, adding: bias, residual: residual, gain: norm.gain, shift: norm.shift,
            epsilon: configuration.layerNormEpsilon)
    }
}
