#include "late.h"

#ifndef __APPLE__
#include <histedit.h>
#include <stdarg.h>

// Debian counts its versions apart from all others.
static struct lore_library libedit = {.name = "libedit.so.2", .other_name = "libedit.so.0"};

#define EDIT(function) LATE(libedit, function)

EditLine *el_init(const char *program, FILE *input, FILE *output, FILE *error) {
    return EDIT(el_init)(program, input, output, error);
}

void el_end(EditLine *editor) { EDIT(el_end)(editor); }

const char *el_gets(EditLine *editor, int *count) { return EDIT(el_gets)(editor, count); }

int el_source(EditLine *editor, const char *file) { return EDIT(el_source)(editor, file); }

/// The operation tells the type of its values; -1, as of the library, for one that lore does not use.
int el_set(EditLine *editor, int operation, ...) {
    va_list values;
    va_start(values, operation);
    int status = -1;
    switch (operation) {
    case EL_SIGNAL:
    case EL_PREP_TERM:
        status = EDIT(el_set)(editor, operation, va_arg(values, int));
        break;
    case EL_PROMPT:
        status = EDIT(el_set)(editor, operation, va_arg(values, char *(*)(EditLine *)));
        break;
    case EL_HIST: {
        // What is given is the stand-in below, which the library need not go through.
        (void)va_arg(values, __typeof__(&history));
        History *lines = va_arg(values, History *);
        status = EDIT(el_set)(editor, operation, EDIT(history), lines);
        break;
    }
    case EL_BIND:
    case EL_SETTY: {
        const char *words[4] = {NULL};
        for (int count = 0; count < 3; count++)
            if (!(words[count] = va_arg(values, const char *))) break;
        status = EDIT(el_set)(editor, operation, words[0], words[1], words[2], words[3]);
        break;
    }
    }
    va_end(values);
    return status;
}

History *history_init(void) { return EDIT(history_init)(); }

void history_end(History *lines) { EDIT(history_end)(lines); }

/// As `el_set`.
int history(History *lines, HistEvent *event, int operation, ...) {
    va_list values;
    va_start(values, operation);
    int status = -1;
    switch (operation) {
    case H_SETSIZE:
    case H_SETUNIQUE:
        status = EDIT(history)(lines, event, operation, va_arg(values, int));
        break;
    case H_ENTER:
    case H_LOAD:
    case H_SAVE:
        status = EDIT(history)(lines, event, operation, va_arg(values, const char *));
        break;
    }
    va_end(values);
    return status;
}
#endif
