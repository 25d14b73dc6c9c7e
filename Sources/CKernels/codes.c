#include "ckernels.h"

#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

// A sum of at most `columns` products of a code (at most 127) and a query's number. The caller keeps
// columns · 127 · |query| below 2^31, so that the sum of any of the products fits 32 bits: lanes may
// be added in any order, and every path gives the same integer. One instruction adds two products
// of 16-bit numbers; as -32768 · -32768 twice cannot occur, that sum is exact too.

// Rows that are multiplied together, and queries: the sums stay in registers.
#define TILE_ROWS 4
#define TILE_QUERIES 2

// One query reads codes where they lie: that is bound by memory. Two read them as 16-bit numbers,
// widened once for all pairs of queries: that is bound by arithmetic, and widening is dear.
typedef struct {
    const int8_t *rows[TILE_ROWS];
    const int16_t *wide[TILE_ROWS];
    // What will be read soon where rows follow each other, else null. Fetching it now makes one
    // query's pass over memory a quarter faster than the processor's own foresight does (measured
    // on Zen 3). That it may lie behind the end does not matter: a fetch ahead never fails.
    const int8_t *ahead;
} Rows;

#define BYTES_AHEAD 2048
#define CACHE_LINE 64
// Widened rows stay in the first-level cache beside two queries.
#define WIDE_BYTES 24576

typedef void (*Tile)(const Rows *tile, const int16_t *query, size_t columns,
                     int32_t sums[TILE_QUERIES][TILE_ROWS]);

// The tiles of one path: four rows by one query, and four wide rows by two that lie one after the
// other.
typedef struct {
    Tile one, two;
} Tiles;

// Fetches the share of a tile that belongs to the codes from i on, once for each line of a row.
__attribute__((always_inline)) static inline void fetch_ahead(const Rows *tile, size_t i) {
    if (i % CACHE_LINE || !tile->ahead) return;
#pragma unroll
    for (size_t line = 0; line < TILE_ROWS; line++)
        __builtin_prefetch(tile->ahead + TILE_ROWS * i + CACHE_LINE * line);
}

static void plain_one(const Rows *tile, const int16_t *query, size_t columns,
                      int32_t sums[TILE_QUERIES][TILE_ROWS]) {
    for (int row = 0; row < TILE_ROWS; row++) {
        sums[0][row] = 0;
        for (size_t i = 0; i < columns; i++)
            sums[0][row] += (int32_t)tile->rows[row][i] * query[i];
    }
}

static void plain_two(const Rows *tile, const int16_t *query, size_t columns,
                      int32_t sums[TILE_QUERIES][TILE_ROWS]) {
    for (int q = 0; q < TILE_QUERIES; q++, query += columns)
        for (int row = 0; row < TILE_ROWS; row++) {
            sums[q][row] = 0;
            for (size_t i = 0; i < columns; i++)
                sums[q][row] += (int32_t)tile->wide[row][i] * query[i];
        }
}

#if defined(__x86_64__)

#define AVX2 __attribute__((target("avx2")))
#define AVX512 __attribute__((target("avx2,avx512f,avx512bw,avx512vnni")))

// The sums of the lanes of four vectors.
AVX2 static inline void store_sums(const __m256i lanes[TILE_ROWS], int32_t sums[TILE_ROWS]) {
    __m256i first = _mm256_hadd_epi32(lanes[0], lanes[1]);
    __m256i second = _mm256_hadd_epi32(lanes[2], lanes[3]);
    __m256i all = _mm256_hadd_epi32(first, second);
    __m128i total = _mm_add_epi32(_mm256_castsi256_si128(all), _mm256_extracti128_si256(all, 1));
    _mm_storeu_si128((__m128i *)sums, total);
}

// `queries` is a constant in each caller: the loops unroll and the sums stay in registers.
AVX2 __attribute__((always_inline)) static inline void avx2(
    const Rows *tile, const int16_t *query, size_t columns, int queries,
    int32_t sums[TILE_QUERIES][TILE_ROWS]) {
    __m256i lanes[TILE_QUERIES][TILE_ROWS] = {};
    for (size_t i = 0; i < columns; i += 16) {
        if (queries == 1) fetch_ahead(tile, i);
        __m256i codes[TILE_ROWS];
#pragma unroll
        for (int row = 0; row < TILE_ROWS; row++)
            codes[row] =
                queries == 1
                    ? _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(tile->rows[row] + i)))
                    : _mm256_loadu_si256((const __m256i *)(tile->wide[row] + i));
#pragma unroll
        for (int q = 0; q < queries; q++) {
            const __m256i numbers =
                _mm256_loadu_si256((const __m256i *)(query + (size_t)q * columns + i));
#pragma unroll
            for (int row = 0; row < TILE_ROWS; row++)
                lanes[q][row] =
                    _mm256_add_epi32(lanes[q][row], _mm256_madd_epi16(codes[row], numbers));
        }
    }
    for (int q = 0; q < queries; q++) store_sums(lanes[q], sums[q]);
}

AVX2 static void avx2_one(const Rows *tile, const int16_t *query, size_t columns,
                          int32_t sums[TILE_QUERIES][TILE_ROWS]) {
    avx2(tile, query, columns, 1, sums);
}

AVX2 static void avx2_two(const Rows *tile, const int16_t *query, size_t columns,
                          int32_t sums[TILE_QUERIES][TILE_ROWS]) {
    avx2(tile, query, columns, 2, sums);
}

// As above with 32 codes a step: vpdpwssd multiplies, adds the pair and accumulates, and wraps
// where its saturating sister vpdpwssds would not.
AVX512 __attribute__((always_inline)) static inline void avx512(
    const Rows *tile, const int16_t *query, size_t columns, int queries,
    int32_t sums[TILE_QUERIES][TILE_ROWS]) {
    __m512i lanes[TILE_QUERIES][TILE_ROWS] = {};
    for (size_t i = 0; i < columns; i += 32) {
        if (queries == 1) fetch_ahead(tile, i);
        __m512i codes[TILE_ROWS];
#pragma unroll
        for (int row = 0; row < TILE_ROWS; row++)
            codes[row] = queries == 1 ? _mm512_cvtepi8_epi16(_mm256_loadu_si256(
                                            (const __m256i *)(tile->rows[row] + i)))
                                      : _mm512_loadu_si512(tile->wide[row] + i);
#pragma unroll
        for (int q = 0; q < queries; q++) {
            const __m512i numbers = _mm512_loadu_si512(query + (size_t)q * columns + i);
#pragma unroll
            for (int row = 0; row < TILE_ROWS; row++)
                lanes[q][row] = _mm512_dpwssd_epi32(lanes[q][row], codes[row], numbers);
        }
    }
    for (int q = 0; q < queries; q++) {
        __m256i halves[TILE_ROWS];
        for (int row = 0; row < TILE_ROWS; row++)
            halves[row] = _mm256_add_epi32(_mm512_castsi512_si256(lanes[q][row]),
                                           _mm512_extracti64x4_epi64(lanes[q][row], 1));
        store_sums(halves, sums[q]);
    }
}

AVX512 static void avx512_one(const Rows *tile, const int16_t *query, size_t columns,
                              int32_t sums[TILE_QUERIES][TILE_ROWS]) {
    avx512(tile, query, columns, 1, sums);
}

AVX512 static void avx512_two(const Rows *tile, const int16_t *query, size_t columns,
                              int32_t sums[TILE_QUERIES][TILE_ROWS]) {
    avx512(tile, query, columns, 2, sums);
}

#elif defined(__aarch64__)

__attribute__((always_inline)) static inline void neon(
    const Rows *tile, const int16_t *query, size_t columns, int queries,
    int32_t sums[TILE_QUERIES][TILE_ROWS]) {
    int32x4_t lanes[TILE_QUERIES][TILE_ROWS] = {};
    for (size_t i = 0; i < columns; i += 8) {
        if (queries == 1) fetch_ahead(tile, i);
        int16x8_t codes[TILE_ROWS];
#pragma unroll
        for (int row = 0; row < TILE_ROWS; row++)
            codes[row] = queries == 1 ? vmovl_s8(vld1_s8(tile->rows[row] + i))
                                      : vld1q_s16(tile->wide[row] + i);
#pragma unroll
        for (int q = 0; q < queries; q++) {
            const int16x8_t numbers = vld1q_s16(query + (size_t)q * columns + i);
#pragma unroll
            for (int row = 0; row < TILE_ROWS; row++) {
                lanes[q][row] = vmlal_s16(lanes[q][row], vget_low_s16(codes[row]),
                                          vget_low_s16(numbers));
                lanes[q][row] = vmlal_high_s16(lanes[q][row], codes[row], numbers);
            }
        }
    }
    for (int q = 0; q < queries; q++)
        for (int row = 0; row < TILE_ROWS; row++) sums[q][row] = vaddvq_s32(lanes[q][row]);
}

static void neon_one(const Rows *tile, const int16_t *query, size_t columns,
                     int32_t sums[TILE_QUERIES][TILE_ROWS]) {
    neon(tile, query, columns, 1, sums);
}

static void neon_two(const Rows *tile, const int16_t *query, size_t columns,
                     int32_t sums[TILE_QUERIES][TILE_ROWS]) {
    neon(tile, query, columns, 2, sums);
}

#endif

static const Tiles plain_tiles = {plain_one, plain_two};

// A path's tiles, or null where the processor lacks it.
static const Tiles *tiles_of(lore_code_path path) {
    switch (path) {
    case LORE_CODES_PLAIN: return &plain_tiles;
#if defined(__x86_64__)
    case LORE_CODES_AVX2: {
        static const Tiles tiles = {avx2_one, avx2_two};
        return __builtin_cpu_supports("avx2") ? &tiles : NULL;
    }
    case LORE_CODES_AVX512: {
        static const Tiles tiles = {avx512_one, avx512_two};
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("avx512f")
                       && __builtin_cpu_supports("avx512bw")
                       && __builtin_cpu_supports("avx512vnni")
                   ? &tiles
                   : NULL;
    }
#elif defined(__aarch64__)
    case LORE_CODES_NEON: {
        static const Tiles tiles = {neon_one, neon_two};
        return &tiles;
    }
#endif
    default: return NULL;
    }
}

// The widest path of the processor, chosen once, when the program is loaded.
static const Tiles *widest = &plain_tiles;

__attribute__((constructor)) static void choose_tiles(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
#endif
    const lore_code_path paths[] = {LORE_CODES_NEON, LORE_CODES_AVX2, LORE_CODES_AVX512};
    for (int i = 0; i < 3; i++) {
        const Tiles *tiles = tiles_of(paths[i]);
        if (tiles) widest = tiles;
    }
}

// What is multiplied with queries, see the header.
typedef struct {
    const int8_t *codes;
    size_t columns;
    const uint32_t *rows;
    size_t count;
} Codes;

static const int8_t *row_at(const Codes *of, size_t place) {
    return of->codes + (of->rows ? of->rows[place] : place) * of->columns;
}

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

// Where rows end inside a tile the last one stands in for those that are missing.
static void single(Tile multiply, const Codes *of, const int16_t *query, int32_t *scores) {
    for (size_t first = 0; first < of->count; first += TILE_ROWS) {
        size_t height = smaller(of->count - first, TILE_ROWS);
        Rows tile = {.ahead = NULL};
        int32_t sums[TILE_QUERIES][TILE_ROWS];
        for (size_t i = 0; i < TILE_ROWS; i++)
            tile.rows[i] = row_at(of, first + smaller(i, height - 1));
        if (!of->rows) tile.ahead = (const int8_t *)((uintptr_t)tile.rows[0] + BYTES_AHEAD);
        multiply(&tile, query, of->columns, sums);
        memcpy(scores + first, sums[0], height * sizeof(int32_t));
    }
}

// The scores of two queries with `height` wide rows; a query's scores lie `stride` apart.
static void pair(Tile multiply, const int16_t *wide, size_t height, const int16_t *queries,
                 size_t columns, int32_t *scores, size_t stride) {
    for (size_t first = 0; first < height; first += TILE_ROWS) {
        size_t left = smaller(height - first, TILE_ROWS);
        Rows tile = {.ahead = NULL};
        int32_t sums[TILE_QUERIES][TILE_ROWS];
        for (size_t i = 0; i < TILE_ROWS; i++)
            tile.wide[i] = wide + (first + smaller(i, left - 1)) * columns;
        multiply(&tile, queries, columns, sums);
        for (size_t q = 0; q < TILE_QUERIES; q++)
            memcpy(scores + q * stride + first, sums[q], left * sizeof(int32_t));
    }
}

// Multiplies an even number of queries, two at a time. Returns false where memory is short.
static bool pairs(Tile multiply, const Codes *of, const int16_t *queries, size_t query_count,
                  int32_t *scores) {
    size_t fitting = WIDE_BYTES / sizeof(int16_t) / of->columns / TILE_ROWS * TILE_ROWS;
    size_t height = fitting < TILE_ROWS ? TILE_ROWS : fitting;
    int16_t *wide = aligned_alloc(CACHE_LINE, height * of->columns * sizeof(int16_t));
    if (!wide) return false;
    for (size_t start = 0; start < of->count; start += height) {
        size_t rows = smaller(of->count - start, height);
        for (size_t row = 0; row < rows; row++) {
            const int8_t *from = row_at(of, start + row);
            for (size_t i = 0; i < of->columns; i++) wide[row * of->columns + i] = from[i];
        }
        for (size_t q = 0; q < query_count; q += TILE_QUERIES)
            pair(multiply, wide, rows, queries + q * of->columns, of->columns,
                 scores + q * of->count + start, of->count);
    }
    free(wide);
    return true;
}

static void scores_by(const Tiles *tiles, const Codes *of, const int16_t *queries,
                      size_t query_count, int32_t *scores) {
    if (!of->columns) return;
    size_t even = query_count / TILE_QUERIES * TILE_QUERIES;
    size_t done = even && pairs(tiles->two, of, queries, even, scores) ? even : 0;
    for (size_t q = done; q < query_count; q++)
        single(tiles->one, of, queries + q * of->columns, scores + q * of->count);
}

void lore_code_scores(const int8_t *codes, size_t columns, const uint32_t *rows, size_t count,
                      const int16_t *queries, size_t query_count, int32_t *scores) {
    scores_by(widest, &(Codes){codes, columns, rows, count}, queries, query_count, scores);
}

bool lore_code_scores_by(lore_code_path path, const int8_t *codes, size_t columns,
                         const uint32_t *rows, size_t count, const int16_t *queries,
                         size_t query_count, int32_t *scores) {
    const Tiles *tiles = tiles_of(path);
    if (!tiles) return false;
    scores_by(tiles, &(Codes){codes, columns, rows, count}, queries, query_count, scores);
    return true;
}

// Rows looked at together: in most groups none reaches the bar, and the loop is one of vectors.
#define GROUP 16

size_t lore_code_reaching(const int32_t *scores, const float *scales, const float *errors,
                          const uint32_t *rows, size_t count, float factor, float slope,
                          float margin, float bar, uint32_t *places) {
    size_t found = 0;
    for (size_t first = 0; first < count; first += GROUP) {
        size_t height = count - first < GROUP ? count - first : GROUP;
        float upper[GROUP];
        int any = 0;
        if (!rows && height == GROUP) {
            for (size_t i = 0; i < GROUP; i++)
                upper[i] = (float)scores[first + i] * (factor * scales[first + i])
                           + (margin + slope * errors[first + i]);
            for (size_t i = 0; i < GROUP; i++) any |= !(upper[i] < bar);
            if (!any) continue;
        } else {
            for (size_t i = 0; i < height; i++) {
                size_t row = rows ? rows[first + i] : first + i;
                upper[i] = (float)scores[first + i] * (factor * scales[row])
                           + (margin + slope * errors[row]);
            }
        }
        // Not below, where above would lose a bound that is no number.
        for (size_t i = 0; i < height; i++)
            if (!(upper[i] < bar)) places[found++] = (uint32_t)(first + i);
    }
    return found;
}
