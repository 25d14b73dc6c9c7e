#include "ckernels.h"

#include <math.h>
#include <string.h>

// The error function's fit, see GELU.
#define ERF_P0 1.1283786296844482f
#define ERF_P1 0.21394506096839905f
#define ERF_P2 0.052433520555496216f
#define ERF_P3 0.004293069709092379f
#define ERF_P4 0.00015553730190731585f
#define ERF_P5 -1.990324790313025e-06f
#define ERF_P6 1.921722159181627e-08f
#define ERF_Q1 0.5229315161705017f
#define ERF_Q2 0.12079977989196777f
#define ERF_Q3 0.015551123768091202f
#define ERF_Q4 0.0010980424704030156f

#define LANES 4
#define NAME(f) f##_4
#include "kernels_body.h"
#undef LANES
#undef NAME

#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LANES 8
#define NAME(f) f##_8
#include "kernels_body.h"
#undef LANES
#undef NAME
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx2,fma"))), apply_to = function)
#define LANES 16
#define NAME(f) f##_16
#include "kernels_body.h"
#undef LANES
#undef NAME
#pragma clang attribute pop

// The processor's features are read once, when the program is loaded.
static int lanes = 4;

__attribute__((constructor)) static void choose_lanes(void) {
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) lanes = 8;
    if (lanes == 8 && __builtin_cpu_supports("avx512f")) lanes = 16;
}

#define CHOOSE(f, ...)                                     \
    (lanes == 16  ? f##_16(__VA_ARGS__)                    \
     : lanes == 8 ? f##_8(__VA_ARGS__)                     \
                  : f##_4(__VA_ARGS__))

#else

#define CHOOSE(f, ...) f##_4(__VA_ARGS__)

#endif

void lore_softmax(float *x, size_t rows, size_t columns, size_t stride, float scale) {
    CHOOSE(softmax, x, rows, columns, stride, scale);
}

void lore_bias(float *x, const float *bias, size_t rows, size_t columns, size_t stride) {
    CHOOSE(bias, x, bias, rows, columns, stride);
}

void lore_bias_gelu(float *x, const float *bias, size_t rows, size_t columns, size_t stride) {
    CHOOSE(bias_gelu, x, bias, rows, columns, stride);
}

void lore_bias_gelu_tanh(float *x, const float *bias, size_t rows, size_t columns,
                         size_t stride) {
    CHOOSE(bias_gelu_tanh, x, bias, rows, columns, stride);
}

void lore_bias_relu(float *x, const float *bias, size_t rows, size_t columns, size_t stride) {
    CHOOSE(bias_relu, x, bias, rows, columns, stride);
}

void lore_layer_norm(float *x, const float *bias, const float *residual, const float *gain,
                     const float *shift, size_t rows, size_t columns, float epsilon) {
    CHOOSE(layer_norm, x, bias, residual, gain, shift, rows, columns, epsilon);
}

void lore_mean_rows(const float *x, size_t rows, size_t columns, size_t stride, float *mean) {
    CHOOSE(mean_rows, x, rows, columns, stride, mean);
}

float lore_normalize(float *x, size_t columns) { return CHOOSE(normalize, x, columns); }

void lore_widen_half(const uint16_t *from, float *to, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint32_t sign = (uint32_t)(from[i] & 0x8000) << 16, rest = from[i] & 0x7FFF;
        // Shifted into a single's place, the exponent is 112 too small: one multiplication mends
        // that, for subnormals too. Infinity and NaN keep an exponent of all ones.
        uint32_t bits = rest << 13;
        float value;
        memcpy(&value, &bits, sizeof value);
        value *= 0x1p112f;
        memcpy(&bits, &value, sizeof bits);
        if (rest >= 0x7C00) bits = 0x7F800000 | (rest << 13);
        bits |= sign;
        memcpy(to + i, &bits, sizeof bits);
    }
}

void lore_widen_bfloat(const uint16_t *from, float *to, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint32_t bits = (uint32_t)from[i] << 16;
        memcpy(to + i, &bits, sizeof bits);
    }
}
