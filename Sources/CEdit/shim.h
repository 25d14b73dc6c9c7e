#pragma once

#include <histedit.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

// Swift cannot call variadic functions: one wrapper for each use.

typedef char *(*lore_edit_prompt)(EditLine *);

/// An editor that reads from stdin and draws on stderr, as stdout is for results.
static inline EditLine *lore_edit_begin(const char *program, lore_edit_prompt prompt) {
    // libedit reads characters as the locale has them; one of single bytes would garble all others.
    if (!setlocale(LC_CTYPE, "") || MB_CUR_MAX == 1) setlocale(LC_CTYPE, "C.UTF-8");
    EditLine *editor = el_init(program, stdin, stderr, stderr);
    if (editor) el_set(editor, EL_PROMPT, prompt);
    return editor;
}

static inline int lore_edit_set_number(EditLine *editor, int operation, int value) {
    return el_set(editor, operation, value);
}

static inline int lore_edit_set_history(EditLine *editor, History *lines) {
    return el_set(editor, EL_HIST, history, lines);
}

/// Has `keys` typed in place of `key`.
static inline int lore_edit_bind_macro(EditLine *editor, const char *key, const char *keys) {
    return el_set(editor, EL_BIND, "-s", key, keys, NULL);
}

/// Sets the terminal for as long as a line is edited.
static inline int lore_edit_set_terminal(EditLine *editor, const char *setting) {
    return el_set(editor, EL_SETTY, "-d", setting, NULL);
}

static inline int lore_history_set_number(History *lines, int operation, int value) {
    HistEvent event;
    return history(lines, &event, operation, value);
}

static inline int lore_history_set_string(History *lines, int operation, const char *value) {
    HistEvent event;
    return history(lines, &event, operation, value);
}
