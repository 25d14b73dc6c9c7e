#pragma once

#include <stddef.h>

// Element-wise work on row-major floats. `stride` is in floats, from row to row.
// The widest version that the processor has is chosen at the first call.

/// Each row becomes exp(scale·x - max) / sum.
void lore_softmax(float *x, size_t rows, size_t columns, size_t stride, float scale);
