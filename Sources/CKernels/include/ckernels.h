#pragma once

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
