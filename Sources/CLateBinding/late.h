#pragma once

#include <stdatomic.h>

// A library that only some commands need is loaded with the first call of one of its functions:
// libcurl, libxml2 and OpenBLAS bring more than thirty others along, libedit three, which would be
// read and set up at every start. A file here defines each function that lore uses as a call of the library's own.
// The linker then finds nothing left to take from the library and leaves it out (`late.c` asks it to).
//
// On Apple's systems such libraries are mapped already, and the files are empty.

struct lore_library {
    const char *name;
    /// What some systems call it instead; a null pointer where all agree.
    const char *other_name;
    _Atomic(void *) handle;
};

/// The library's function of that name; a null pointer where it has none. Ends the program with a
/// sentence where there is no such library.
void *lore_late_symbol(struct lore_library *library, const char *name);

/// The same, and a function that is not there ends the program too.
void *lore_late_needed_symbol(struct lore_library *library, const char *name);

#define LORE_LATE(find, library, function)                                                         \
    ({                                                                                             \
        static _Atomic(void *) found;                                                              \
        void *address = atomic_load_explicit(&found, memory_order_acquire);                        \
        if (!address) {                                                                            \
            address = find(&library, #function);                                                   \
            atomic_store_explicit(&found, address, memory_order_release);                          \
        }                                                                                          \
        (__typeof__(&function))address;                                                            \
    })

/// The address of `function` in `library`, of its own type.
#define LATE(library, function) LORE_LATE(lore_late_needed_symbol, library, function)

/// The same for a function that not every build has: a null pointer where it is missing.
#define LATE_IF_THERE(library, function) LORE_LATE(lore_late_symbol, library, function)
