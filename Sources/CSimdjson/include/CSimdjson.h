// The only door to simdjson: where the rows of a reply and their fields stand in its text.
//
// simdjson finds the tokens and proves the text to be UTF-8 with no control character inside a string; the grammar, the
// names and the numbers are read here. A reply that is anything but plain (an error in it, a name twice, with an escape
// or beyond ASCII, rows of very many fields, deep nesting, no list of objects) returns NULL: the caller reads it
// another way. So what is accepted here must be accepted there, with the same values.
#ifndef ZOSH_CSIMDJSON_H
#define ZOSH_CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A piece of the text, from `start` up to `end`. Of a name it is what stands between the quotes, and it holds no
/// escape; of a value all of it.
typedef struct {
    uint32_t start;
    /// With `ZOSH_ODD` where the value is not spelled as zosh would write it on one line, and `ZOSH_ESCAPED`.
    uint32_t end;
} zosh_piece;

/// What `end` of a value may carry: blanks between its tokens, an escape zosh does not use, `-0`, a character zosh
/// escapes.
#define ZOSH_ODD 0x80000000u
/// And that of a string: an escape of any kind.
#define ZOSH_ESCAPED 0x40000000u

/// One object of the list; its values stand at `first` in `values`, as many as its shape has names.
typedef struct {
    zosh_piece text;
    uint32_t first;
    uint32_t shape;
} zosh_row;

/// The names of objects that look alike: `count` of them at `first` in `names`. No two are the same.
typedef struct {
    uint32_t first;
    uint32_t count;
} zosh_shape;

/// One object, the reply, whose fields are `field_names` and `field_values`. One of them is a list of objects.
typedef struct {
    const zosh_piece *_Nonnull field_names;
    const zosh_piece *_Nonnull field_values;
    uint32_t field_count;
    /// Which field is the list.
    uint32_t list;
    const zosh_row *_Nonnull rows;
    uint32_t row_count;
    const zosh_piece *_Nonnull values;
    const zosh_shape *_Nonnull shapes;
    uint32_t shape_count;
    const zosh_piece *_Nonnull names;
} zosh_page;

/// Reads a reply; its text is not kept. NULL when it is not plain, or there is no memory. Given back with
/// `zosh_page_free` only.
const zosh_page *_Nullable zosh_page_read(const void *_Nullable text, size_t length);
void zosh_page_free(const zosh_page *_Nullable page);

#ifdef __cplusplus
}
#endif

#endif
