// The kernels for one vector width. kernels.c includes this once for each, with
//   LANES     floats in a vector
//   NAME(f)   the name of f at this width
// No include guard: it is a template.

typedef float NAME(Floats) __attribute__((vector_size(4 * LANES)));
typedef float NAME(Unaligned) __attribute__((vector_size(4 * LANES), aligned(4), may_alias));
typedef int32_t NAME(Ints) __attribute__((vector_size(4 * LANES)));

#define Floats NAME(Floats)
#define Ints NAME(Ints)
#define load(p) ((Floats)(*(const NAME(Unaligned) *)(p)))
#define store(p, v) (*(NAME(Unaligned) *)(p) = (v))
#define splat(s) ((Floats){} + (float)(s))
#define larger(a, b) select_(((a) > (b)), (a), (b))
#define smaller(a, b) select_(((a) < (b)), (a), (b))
#define select_(mask, a, b) ((Floats)(((Ints)(a) & (mask)) | ((Ints)(b) & ~(mask))))

static inline float NAME(sum_of)(const Floats *v) {
    float sum = 0;
    for (int i = 0; i < LANES; i++) sum += (*v)[i];
    return sum;
}

static inline float NAME(max_of)(const Floats *v) {
    float max = (*v)[0];
    for (int i = 1; i < LANES; i++) max = (*v)[i] > max ? (*v)[i] : max;
    return max;
}

// e^x: 2^n · e^r with n = round(x / ln 2), and e^r by its series to r^6 (|r| < 0.35: 1.2e-7).
#define EXP(result, argument)                                                       \
    do {                                                                            \
        Floats exp_x = smaller(larger(argument, splat(-87.3f)), splat(88.3f));      \
        Floats exp_t = exp_x * 1.44269504f + 12582912.0f;                           \
        Floats exp_n = exp_t - 12582912.0f;                                         \
        Floats exp_r = exp_x - exp_n * 0.693145752f - exp_n * 1.42860677e-6f;       \
        Floats exp_p = exp_r * 1.38888889e-3f + 8.33333333e-3f;                     \
        exp_p = exp_p * exp_r + 4.16666667e-2f;                                     \
        exp_p = exp_p * exp_r + 1.66666667e-1f;                                     \
        exp_p = exp_p * exp_r + 0.5f;                                               \
        exp_p = exp_p * exp_r + 1.0f;                                               \
        exp_p = exp_p * exp_r + 1.0f;                                               \
        Ints exp_bits = ((Ints)exp_t - 0x4B400000) << 23;                           \
        result = (Floats)((Ints)exp_p + exp_bits);                                  \
    } while (0)

// 0.5·x·(1 + erf(x / √2)); erf(z) = z·P(z²)/Q(z²), fitted on [0, 4], where it is 1 in single
// precision; error below 5e-7.
#define GELU(result, argument)                                                      \
    do {                                                                            \
        Floats gelu_x = (argument);                                                 \
        Floats gelu_z = gelu_x * 0.707106781f;                                      \
        gelu_z = smaller(larger(gelu_z, splat(-4.0f)), splat(4.0f));                \
        Floats gelu_u = gelu_z * gelu_z;                                            \
        Floats gelu_p = gelu_u * ERF_P6 + ERF_P5;                                   \
        gelu_p = gelu_p * gelu_u + ERF_P4;                                          \
        gelu_p = gelu_p * gelu_u + ERF_P3;                                          \
        gelu_p = gelu_p * gelu_u + ERF_P2;                                          \
        gelu_p = gelu_p * gelu_u + ERF_P1;                                          \
        gelu_p = gelu_p * gelu_u + ERF_P0;                                          \
        Floats gelu_q = gelu_u * ERF_Q4 + ERF_Q3;                                   \
        gelu_q = gelu_q * gelu_u + ERF_Q2;                                          \
        gelu_q = gelu_q * gelu_u + ERF_Q1;                                          \
        gelu_q = gelu_q * gelu_u + 1.0f;                                            \
        Floats gelu_h = gelu_x * 0.5f;                                              \
        result = gelu_h + gelu_h * (gelu_z * gelu_p / gelu_q);                      \
    } while (0)

// x / (1 + e^(-2u)) with u = √(2/π)·(x + 0.044715·x³): equal to 0.5·x·(1 + tanh u).
#define GELU_TANH(result, argument)                                                 \
    do {                                                                            \
        Floats tanh_x = (argument);                                                 \
        Floats tanh_u = tanh_x * (tanh_x * tanh_x * 0.0713548163f + 1.59576912f);   \
        Floats tanh_e;                                                              \
        EXP(tanh_e, -tanh_u);                                                       \
        result = tanh_x / (tanh_e + 1.0f);                                          \
    } while (0)

#define RELU(result, argument) result = larger(argument, splat(0))
#define KEEP(result, argument) result = (argument)

// One pass over x with the bias added; what is left of a row goes through a padded vector.
#define BIASED(name, FUNCTION)                                                      \
    static void NAME(name)(float *x, const float *bias, size_t rows,                \
                           size_t columns, size_t stride) {                         \
        size_t whole = columns - columns % LANES, rest = columns - whole;           \
        for (size_t row = 0; row < rows; row++, x += stride) {                      \
            for (size_t i = 0; i < whole; i += LANES) {                             \
                Floats value;                                                       \
                FUNCTION(value, load(x + i) + load(bias + i));                      \
                store(x + i, value);                                                \
            }                                                                       \
            if (rest) {                                                             \
                Floats a = {}, b = {}, value;                                       \
                memcpy(&a, x + whole, rest * sizeof(float));                        \
                memcpy(&b, bias + whole, rest * sizeof(float));                     \
                FUNCTION(value, a + b);                                             \
                memcpy(x + whole, &value, rest * sizeof(float));                    \
            }                                                                       \
        }                                                                           \
    }

BIASED(bias, KEEP)
BIASED(bias_gelu, GELU)
BIASED(bias_gelu_tanh, GELU_TANH)
BIASED(bias_relu, RELU)

static void NAME(softmax)(float *x, size_t rows, size_t columns, size_t stride, float scale) {
    size_t whole = columns - columns % LANES, rest = columns - whole;
    if (columns == 0) return;
    for (size_t row = 0; row < rows; row++, x += stride) {
        Floats top = splat(-INFINITY), tail = splat(-INFINITY);
        memcpy(&tail, x + whole, rest * sizeof(float));
        for (size_t i = 0; i < whole; i += LANES) top = larger(top, load(x + i));
        top = larger(top, tail);
        Floats max = splat(NAME(max_of)(&top)), total = {};
        for (size_t i = 0; i < whole; i += LANES) {
            Floats value;
            EXP(value, (load(x + i) - max) * scale);
            store(x + i, value);
            total += value;
        }
        if (rest) {
            Floats value, kept = {};
            EXP(value, (tail - max) * scale);
            memcpy(&kept, &value, rest * sizeof(float));
            tail = kept;
            total += kept;
        }
        Floats factor = splat(1.0f / NAME(sum_of)(&total));
        for (size_t i = 0; i < whole; i += LANES) store(x + i, load(x + i) * factor);
        tail *= factor;
        memcpy(x + whole, &tail, rest * sizeof(float));
    }
}

// The sum of x, bias and residual, kept in x, and its mean.
static inline float NAME(gather)(float *x, const float *bias, const float *residual,
                                 size_t columns) {
    size_t whole = columns - columns % LANES;
    Floats total = {};
    for (size_t i = 0; i < whole; i += LANES) {
        Floats value = load(x + i);
        if (bias) value += load(bias + i);
        if (residual) value += load(residual + i);
        store(x + i, value);
        total += value;
    }
    float sum = NAME(sum_of)(&total);
    for (size_t i = whole; i < columns; i++) {
        x[i] += (bias ? bias[i] : 0) + (residual ? residual[i] : 0);
        sum += x[i];
    }
    return sum / (float)columns;
}

static inline float NAME(variance)(const float *x, float mean, size_t columns) {
    size_t whole = columns - columns % LANES;
    Floats total = {};
    for (size_t i = 0; i < whole; i += LANES) {
        Floats off = load(x + i) - mean;
        total += off * off;
    }
    float sum = NAME(sum_of)(&total);
    for (size_t i = whole; i < columns; i++) sum += (x[i] - mean) * (x[i] - mean);
    return sum / (float)columns;
}

static void NAME(layer_norm)(float *x, const float *bias, const float *residual,
                             const float *gain, const float *shift, size_t rows,
                             size_t columns, float epsilon) {
    size_t whole = columns - columns % LANES;
    for (size_t row = 0; row < rows; row++, x += columns) {
        float mean = NAME(gather)(x, bias, residual, columns);
        float factor = 1.0f / sqrtf(NAME(variance)(x, mean, columns) + epsilon);
        for (size_t i = 0; i < whole; i += LANES)
            store(x + i, (load(x + i) - mean) * factor * load(gain + i) + load(shift + i));
        for (size_t i = whole; i < columns; i++)
            x[i] = (x[i] - mean) * factor * gain[i] + shift[i];
        if (residual) residual += columns;
    }
}

static void NAME(mean_rows)(const float *x, size_t rows, size_t columns, size_t stride,
                            float *mean) {
    size_t whole = columns - columns % LANES;
    float share = 1.0f / (float)rows;
    for (size_t i = 0; i < columns; i++) mean[i] = 0;
    for (size_t row = 0; row < rows; row++, x += stride) {
        for (size_t i = 0; i < whole; i += LANES) store(mean + i, load(mean + i) + load(x + i));
        for (size_t i = whole; i < columns; i++) mean[i] += x[i];
    }
    for (size_t i = 0; i < columns; i++) mean[i] *= share;
}

static float NAME(normalize)(float *x, size_t columns) {
    size_t whole = columns - columns % LANES;
    Floats total = {};
    for (size_t i = 0; i < whole; i += LANES) total += load(x + i) * load(x + i);
    float sum = NAME(sum_of)(&total);
    for (size_t i = whole; i < columns; i++) sum += x[i] * x[i];
    float length = sqrtf(sum);
    if (!(length > 0)) return length;
    for (size_t i = 0; i < columns; i++) x[i] /= length;
    return length;
}

#undef Floats
#undef Ints
#undef load
#undef store
#undef splat
#undef larger
#undef smaller
#undef select_
#undef EXP
#undef GELU
#undef GELU_TANH
#undef RELU
#undef KEEP
#undef BIASED
