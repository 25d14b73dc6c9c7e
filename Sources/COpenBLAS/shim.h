#pragma once

#include <cblas.h>

// Not in cblas.h, and absent from builds without threads.
extern int blas_thread_shutdown_(void) __attribute__((weak));

/// Makes OpenBLAS compute on the calling thread alone and ends the threads that it started when it
/// was loaded: they would keep the other cores busy for a while, waiting for work.
static inline void lore_openblas_hold_to_one_thread(void) {
    openblas_set_num_threads(1);
    if (blas_thread_shutdown_) blas_thread_shutdown_();
}
