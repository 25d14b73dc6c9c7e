#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Element-wise work on row-major floats. A stride is in floats, from row to row. Each function runs
// the widest version that the processor has.

/// Each row x becomes exp(scale·x - max) / sum.
void lore_softmax(float *x, size_t rows, size_t columns, size_t stride, float scale);

/// x += bias.
void lore_bias(float *x, const float *bias, size_t rows, size_t columns, size_t stride);

/// x = gelu(x + bias), by the error function.
void lore_bias_gelu(float *x, const float *bias, size_t rows, size_t columns, size_t stride);

/// x = gelu(x + bias), by its approximation with tanh.
void lore_bias_gelu_tanh(float *x, const float *bias, size_t rows, size_t columns, size_t stride);

/// x = max(0, x + bias).
void lore_bias_relu(float *x, const float *bias, size_t rows, size_t columns, size_t stride);

/// x = layer norm of (x + bias + residual), times gain plus shift. x and residual are compact;
/// residual may be x's equal in shape or null, bias may be null.
void lore_layer_norm(float *x, const float *bias, const float *residual, const float *gain,
                     const float *shift, size_t rows, size_t columns, float epsilon);

/// mean = the mean of the rows.
void lore_mean_rows(const float *x, size_t rows, size_t columns, size_t stride, float *mean);

/// x /= its Euclidean length. Returns the length; x is unchanged where that is not above zero.
float lore_normalize(float *x, size_t columns);

/// IEEE half precision to single.
void lore_widen_half(const uint16_t *from, float *to, size_t count);

/// bfloat16 to single.
void lore_widen_bfloat(const uint16_t *from, float *to, size_t count);

// Products of 8-bit codes. Rows of codes lie one after the other, `columns` bytes each: a multiple
// of 32, filled up with zeros. A code is at least -127; columns · 127 · |a query's number| is below
// 2^31. Every path gives the same integers.

/// A way to multiply codes.
typedef enum { LORE_CODES_PLAIN, LORE_CODES_NEON, LORE_CODES_AVX2, LORE_CODES_AVX512 } lore_code_path;

/// scores[query_count × count] = the inner products of rows and queries[query_count × columns].
/// rows names `count` rows of codes; null stands for 0, 1, 2, …
void lore_code_scores(const int8_t *codes, size_t columns, const uint32_t *rows, size_t count,
                      const int16_t *queries, size_t query_count, int32_t *scores);

/// The same by one path. Returns false, and does nothing, where the processor lacks it.
bool lore_code_scores_by(lore_code_path path, const int8_t *codes, size_t columns,
                         const uint32_t *rows, size_t count, const int16_t *queries,
                         size_t query_count, int32_t *scores);

/// places = those i for which score[i] · factor · scale + slope · error + margin is not below bar,
/// ascending; scale and error are those of row i, or of rows[i]. Returns how many they are.
size_t lore_code_reaching(const int32_t *scores, const float *scales, const float *errors,
                          const uint32_t *rows, size_t count, float factor, float slope,
                          float margin, float bar, uint32_t *places);

/// codes = the integers nearest to vector / scale with scale = the largest absolute value / 127, from
/// -127 to 127; rest = the sum of squares of vector - scale · codes, where only the sum rounds;
/// squares = that of vector. Returns false where a number is not finite.
bool lore_encode(const float *vector, size_t columns, int8_t *codes, float *scale, double *rest,
                 double *squares);
