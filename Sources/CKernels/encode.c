#include "ckernels.h"

#include <float.h>
#include <string.h>

typedef float Float4 __attribute__((vector_size(16), aligned(4), may_alias));
typedef double Double4 __attribute__((vector_size(32)));
typedef int64_t Int4 __attribute__((vector_size(32)));

// The largest absolute value. Without its sign a number's bits grow with it, to infinity and what is
// no number.
static float largest_of(const float *vector, size_t columns) {
    int32_t largest = 0;
    for (size_t i = 0; i < columns; i++) {
        int32_t bits;
        memcpy(&bits, vector + i, sizeof bits);
        bits &= INT32_MAX;
        largest = bits > largest ? bits : largest;
    }
    float value;
    memcpy(&value, &largest, sizeof value);
    return value;
}

// The nearest integers from -127 to 127: adding 1.5 * 2^52 leaves no room for a fraction.
static inline void round_codes(Double4 *codes) {
    const Double4 most = (Double4){} + 127.0, whole = (Double4){} + 0x1.8p52;
    Int4 above = *codes > most, below = *codes < -most;
    *codes = (Double4)(((Int4)most & above) | ((Int4)-most & below)
                       | ((Int4)*codes & ~above & ~below));
    *codes = (*codes + whole) - whole;
}

bool lore_encode(const float *vector, size_t columns, int8_t *codes, float *scale, double *rest,
                 double *squares) {
    float largest = largest_of(vector, columns);
    if (!(largest <= FLT_MAX)) return false;
    *scale = largest / 127;
    double inverse = *scale > 0 ? 1 / (double)*scale : 0;
    Double4 rests = {}, all = {};
    for (size_t i = 0; i < columns; i += 4) {
        Float4 part = {};
        size_t count = columns - i < 4 ? columns - i : 4;
        if (count == 4) part = *(const Float4 *)(vector + i);
        else memcpy(&part, vector + i, count * sizeof(float));
        Double4 numbers = __builtin_convertvector(part, Double4);
        Double4 rounded = numbers * inverse;
        round_codes(&rounded);
        Double4 left = numbers - rounded * (double)*scale;
        rests += left * left;
        all += numbers * numbers;
        for (size_t j = 0; j < count; j++) codes[i + j] = (int8_t)rounded[j];
    }
    *rest = (rests[0] + rests[1]) + (rests[2] + rests[3]);
    *squares = (all[0] + all[1]) + (all[2] + all[3]);
    return true;
}
