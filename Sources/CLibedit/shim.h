// The only C door to libedit: one function per variadic call, because Swift refuses variadic C functions.
// Everything is wide (wchar_t). The narrow calls measure in bytes and share scratch buffers; never mix them in.
#ifndef ZOSH_CLIBEDIT_SHIM_H
#define ZOSH_CLIBEDIT_SHIM_H

#include <histedit.h>
#include <stddef.h>
#include <stdio.h>
#include <wchar.h>

typedef unsigned char (*zosh_el_function)(EditLine *, int);
typedef int (*zosh_el_reader)(EditLine *, wchar_t *);
typedef wchar_t *(*zosh_el_prompt)(EditLine *);

// The standard streams as functions: Swift sees the C globals as mutable shared state and rejects them.
static inline FILE *zosh_stdin(void) { return stdin; }
static inline FILE *zosh_stdout(void) { return stdout; }
static inline FILE *zosh_stderr(void) { return stderr; }

// "2.11": the version the header was written for.
#define ZOSH_LIBEDIT_TEXT(number) #number
#define ZOSH_LIBEDIT_VERSION(major, minor) ZOSH_LIBEDIT_TEXT(major) "." ZOSH_LIBEDIT_TEXT(minor)
static inline const char *zosh_libedit_version(void) { return ZOSH_LIBEDIT_VERSION(LIBEDIT_MAJOR, LIBEDIT_MINOR); }


// Closes every descriptor from `first` on in a child that posix_spawn starts; `actions` are its file actions. Declared
// by hand: <spawn.h> hides it from Swift, and including that here would make signal sets this module's in Swift's eyes.
static inline int zosh_close_from(void *actions, int first) {
    extern int posix_spawn_file_actions_addclosefrom_np(void *, int);
    return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

// `name` and `help` are kept by libedit, not copied: they must live as long as the process.
static inline int zosh_el_add_function(EditLine *el, const wchar_t *name, const wchar_t *help, zosh_el_function function) {
    return el_wset(el, EL_ADDFN, name, help, function);
}

static inline int zosh_el_bind(EditLine *el, const wchar_t *key, const wchar_t *name) {
    return el_wset(el, EL_BIND, key, name, (wchar_t *)NULL);
}

// Binds in vi's command map.
static inline int zosh_el_bind_command_mode(EditLine *el, const wchar_t *key, const wchar_t *name) {
    return el_wset(el, EL_BIND, L"-a", key, name, (wchar_t *)NULL);
}

// Resets every binding: call before binding anything.
static inline int zosh_el_set_editor(EditLine *el, int vi) {
    return el_wset(el, EL_EDITOR, vi ? L"vi" : L"emacs");
}

static inline int zosh_el_is_vi(EditLine *el) {
    const wchar_t *name = NULL;
    return el_wget(el, EL_EDITOR, &name) == 0 && name != NULL && name[0] == L'v';
}

static inline int zosh_el_set_prompt(EditLine *el, zosh_el_prompt prompt, wchar_t delimiter) {
    return el_wset(el, EL_PROMPT_ESC, prompt, delimiter);
}

static inline int zosh_el_set_reader(EditLine *el, zosh_el_reader reader) {
    return el_wset(el, EL_GETCFN, reader);
}

static inline int zosh_el_set_client(EditLine *el, void *client) { return el_wset(el, EL_CLIENTDATA, client); }

static inline void *zosh_el_client(EditLine *el) {
    void *client = NULL;
    return el_wget(el, EL_CLIENTDATA, &client) == 0 ? client : NULL;
}

// A history that holds nothing. Without any, a function that asks it for a word calls through a null pointer.
static inline int zosh_no_history(void *history, HistEventW *event, int operation, ...) {
    (void)history, (void)event, (void)operation;
    return -1;
}
static inline int zosh_el_set_no_history(EditLine *el) { return el_wset(el, EL_HIST, zosh_no_history, (void *)NULL); }

static inline int zosh_el_set_signals(EditLine *el, int on) { return el_wset(el, EL_SIGNAL, on); }
static inline int zosh_el_set_editing(EditLine *el, int on) { return el_wset(el, EL_EDITMODE, on); }
static inline int zosh_el_prepare_terminal(EditLine *el, int raw) { return el_wset(el, EL_PREP_TERM, raw); }

// Forgets what is on the screen and repaints from the row the terminal's cursor is on.
static inline int zosh_el_repaint(EditLine *el) { return el_wset(el, EL_REFRESH); }

// Columns a character takes, by the same opinion libedit has; -1 when it is not printable.
extern int wcwidth(wchar_t);
static inline int zosh_cell_width(wchar_t character) { return wcwidth(character); }

// While editing, ^C ^Z ^\ arrive as keys instead of signals.
static inline int zosh_el_keys_not_signals(EditLine *el) {
    return el_wset(el, EL_SETTY, L"-d", L"-isig", (wchar_t *)NULL);
}

// Between two lines nothing typed is echoed or edited by the terminal: it waits, as it was typed, for the next prompt.
static inline int zosh_el_quiet_between_lines(EditLine *el) {
    return el_wset(el, EL_SETTY, L"-x", L"-icanon", L"-echo", (wchar_t *)NULL);
}

#endif
