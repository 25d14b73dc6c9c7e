#include "late.h"

#ifndef __APPLE__
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

// Options for the linker, in the section where the Swift compiler leaves them for whoever links its
// objects: only from there do they reach it before the names of the libraries. A package's own
// linker settings come after, and --as-needed counts for what follows it.
__asm__(".section .swift1_autolink_entries,\"e\",%progbits\n"
        ".asciz \"-Xlinker\"\n"
        ".asciz \"--as-needed\"\n"
        ".previous\n");

/// What a program that misses a library at its start ends with.
enum { missing_library = 127 };

static _Noreturn void fail(const struct lore_library *library) {
    const char *reason = dlerror();
    fprintf(
        stderr, "lore: cannot load %s: %s\nhint: install it with the system's package manager\n",
        library->name, reason ? reason : "unknown reason");
    _Exit(missing_library);
}

void *lore_late_symbol(struct lore_library *library, const char *name) {
    void *handle = atomic_load_explicit(&library->handle, memory_order_acquire);
    if (!handle) {
        // Where two threads come here at once, both get the same handle.
        handle = dlopen(library->name, RTLD_LAZY | RTLD_LOCAL);
        if (!handle && library->other_name)
            handle = dlopen(library->other_name, RTLD_LAZY | RTLD_LOCAL);
        if (!handle) fail(library);
        atomic_store_explicit(&library->handle, handle, memory_order_release);
    }
    return dlsym(handle, name);
}

void *lore_late_needed_symbol(struct lore_library *library, const char *name) {
    void *symbol = lore_late_symbol(library, name);
    if (!symbol) fail(library);
    return symbol;
}
#endif
