#include "late.h"

#ifndef __APPLE__
#include <cblas.h>

// Not in cblas.h.
extern int blas_thread_shutdown_(void);

static struct lore_library openblas = {.name = "libopenblas.so.0"};

#define BLAS(function) LATE(openblas, function)

void openblas_set_num_threads(int count) { BLAS(openblas_set_num_threads)(count); }

/// Absent from builds without threads.
int blas_thread_shutdown_(void) {
    int (*shutdown)(void) = LATE_IF_THERE(openblas, blas_thread_shutdown_);
    return shutdown ? shutdown() : 0;
}

void cblas_sgemm(
    const enum CBLAS_ORDER order, const enum CBLAS_TRANSPOSE transA, const enum CBLAS_TRANSPOSE transB,
    const blasint m, const blasint n, const blasint k, const float alpha, const float *a,
    const blasint lda, const float *b, const blasint ldb, const float beta, float *c,
    const blasint ldc) {
    BLAS(cblas_sgemm)(order, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}

void cblas_sgemv(
    const enum CBLAS_ORDER order, const enum CBLAS_TRANSPOSE trans, const blasint m,
    const blasint n, const float alpha, const float *a, const blasint lda, const float *x,
    const blasint incx, const float beta, float *y, const blasint incy) {
    BLAS(cblas_sgemv)(order, trans, m, n, alpha, a, lda, x, incx, beta, y, incy);
}

float cblas_sdot(
    const blasint n, const float *x, const blasint incx, const float *y, const blasint incy) {
    return BLAS(cblas_sdot)(n, x, incx, y, incy);
}
#endif
