#include "CSimdjson.h"
#include "tokens.h"

#include <cstring>
#include <new>
#include <vector>

namespace {

using zosh::Token;

/// Deeper, and with more fields, no reply is known; the other reader takes what is.
constexpr int deepest = 64;
constexpr size_t most_names = 512;
constexpr size_t most_nested_names = 64;
constexpr size_t most_shapes = 32;

using Pieces = std::vector<zosh_piece>;

struct Page : zosh_page {
    Pieces own_field_names, own_field_values, own_values, own_names;
    std::vector<zosh_row> own_rows;
    std::vector<zosh_shape> own_shapes;
};

/// Walks the tokens of a reply once, by the grammar of RFC 8259. Whatever is read gives the token behind it, nothing
/// where it is not plain; `spelled` is cleared where zosh would write it another way.
class Walk {
public:
    Walk(zosh::Tokens &tokens, Page &page) : tokens(tokens), page(page) {}

    bool reply() {
        const Token first = tokens.first();
        bool tight = true, has_list = false;
        if (!tokens.is_blank(0, first, tight) || tokens.kind(first) != '{') return false;
        uint32_t end;
        const Token behind = object(first, tight, end, [&](Token t, zosh_piece name) -> Token {
            if (page.own_field_names.size() >= most_names) return nullptr;
            page.own_field_names.push_back(name);
            zosh_piece value = {};
            if (!has_list && tokens.kind(t) == '[') {
                page.list = uint32_t(page.own_field_names.size() - 1);
                t = list(t, value, has_list);
            } else {
                t = this->value(t, 1, value, tight);
            }
            page.own_field_values.push_back(value);
            return t;
        });
        return behind && has_list && tokens.is_end(behind) && tokens.quotes_add_up()
            && are_distinct(page.own_field_names.data(), page.own_field_names.size());
    }

private:
    /// A list: of rows when its first element is an object, and then of nothing else.
    Token list(Token t, zosh_piece &whole, bool &has_rows) {
        bool tight = true;
        whole.start = *t;
        if (!(t = tokens.past(t, tight))) return nullptr;
        has_rows = tokens.kind(t) == '{';
        if (tokens.kind(t) != ']') {
            while (true) {
                zosh_piece element;
                if (has_rows)
                    t = tokens.kind(t) == '{' ? row(t) : nullptr;
                else
                    t = value(t, 2, element, tight);
                if (!t) return nullptr;
                if (tokens.kind(t) == ']') break;
                if (tokens.kind(t) != ',' || !(t = tokens.past(t, tight))) return nullptr;
            }
        }
        whole.end = *t + 1;
        return tokens.past(t, tight);
    }

    /// The fields of the object that begins here, each given to `field` with the token of its value.
    template <typename Field> Token object(Token t, bool &spelled, uint32_t &end, Field field) {
        if (!(t = tokens.past(t, spelled))) return nullptr;
        if (tokens.kind(t) != '}') {
            while (true) {
                zosh_piece name;
                bool escaped = false;
                t = tokens.string(t, name.start, name.end, spelled, escaped);
                if (!t || escaped || tokens.kind(t) != ':' || !(t = tokens.past(t, spelled))) return nullptr;
                if (!(t = field(t, name))) return nullptr;
                if (tokens.kind(t) == '}') break;
                if (tokens.kind(t) != ',' || !(t = tokens.past(t, spelled))) return nullptr;
            }
        }
        end = *t + 1;
        bool tight = true;
        return tokens.past(t, tight);
    }

    Token row(Token t) {
        const uint32_t start = *t;
        const size_t first = page.own_values.size();
        // Most rows have the names of the one before.
        const zosh_shape *guess = page.own_shapes.empty() ? nullptr : &page.own_shapes[last];
        const zosh_piece *guessed = guess ? &page.own_names[guess->first] : nullptr;
        const size_t expected = guess ? guess->count : 0;
        bool spelled = true;
        size_t count = 0;
        row_names.clear();
        uint32_t end;
        t = object(t, spelled, end, [&](Token t, zosh_piece name) -> Token {
            if (guessed && (count >= expected || !is_same(name, guessed[count]))) {
                row_names.assign(guessed, guessed + count);
                guessed = nullptr;
            }
            if (!guessed) row_names.push_back(name);
            if (++count > most_names) return nullptr;
            zosh_piece value = {};
            t = this->value(t, 3, value, spelled);
            page.own_values.push_back(value);
            return t;
        });
        if (!t) return nullptr;
        if (guessed && count < expected) row_names.assign(guessed, guessed + count);
        if ((!guessed || count < expected) && !find_shape()) return nullptr;
        page.own_rows.push_back({{start, end | (spelled ? 0 : ZOSH_ODD)}, uint32_t(first), last});
        return t;
    }

    /// The shape of the names just read, a new one if need be.
    bool find_shape() {
        const auto &shapes = page.own_shapes;
        for (uint32_t i = 0; i < shapes.size(); i++) {
            bool is_it = shapes[i].count == row_names.size();
            for (uint32_t k = 0; is_it && k < shapes[i].count; k++)
                is_it = is_same(row_names[k], page.own_names[shapes[i].first + k]);
            if (is_it) {
                last = i;
                return true;
            }
        }
        if (shapes.size() >= most_shapes || !are_distinct(row_names.data(), row_names.size())) return false;
        last = uint32_t(shapes.size());
        page.own_shapes.push_back({uint32_t(page.own_names.size()), uint32_t(row_names.size())});
        page.own_names.insert(page.own_names.end(), row_names.begin(), row_names.end());
        return true;
    }

    /// Any value. Blanks within it make it odd, and clear `tight` as those behind it do.
    Token value(Token t, int depth, zosh_piece &piece, bool &tight) {
        const uint32_t start = *t;
        bool spelled = true;
        uint32_t end;
        switch (tokens.kind(t)) {
        case '"': {
            uint32_t first;
            bool escaped = false;
            bool follows = true;
            t = tokens.string(t, first, end, spelled, escaped, follows);
            end++;
            tight = tight && follows && spelled;
            piece = {start, end | (spelled ? 0 : ZOSH_ODD) | (escaped ? ZOSH_ESCAPED : 0)};
            return t;
        }
        case '{': {
            if (depth > deepest) return nullptr;
            zosh_piece names[most_nested_names];
            size_t count = 0;
            t = object(t, spelled, end, [&](Token t, zosh_piece name) -> Token {
                if (count == most_nested_names) return nullptr;
                names[count++] = name;
                zosh_piece inner = {};
                return value(t, depth + 1, inner, spelled);
            });
            if (!t || !are_distinct(names, count)) return nullptr;
            break;
        }
        case '[':
            if (depth > deepest || !(t = tokens.past(t, spelled))) return nullptr;
            if (tokens.kind(t) != ']') {
                while (true) {
                    zosh_piece inner = {};
                    if (!(t = value(t, depth + 1, inner, spelled))) return nullptr;
                    if (tokens.kind(t) == ']') break;
                    if (tokens.kind(t) != ',' || !(t = tokens.past(t, spelled))) return nullptr;
                }
            }
            end = *t++ + 1;
            break;
        case 't': end = word(start, "true"); t++; break;
        case 'f': end = word(start, "false"); t++; break;
        case 'n': end = word(start, "null"); t++; break;
        default: end = number(start, spelled); t++;
        }
        if (!end) return nullptr;
        piece = {start, end | (spelled ? 0 : ZOSH_ODD)};
        tight = tight && spelled;
        return tokens.is_blank(end, t, tight) ? t : nullptr;
    }

    template <size_t size> uint32_t word(uint32_t start, const char (&spelling)[size]) const {
        const uint32_t count = size - 1;
        return tokens.length - start >= count && memcmp(tokens.text + start, spelling, count) == 0 ? start + count : 0;
    }

    uint32_t number(uint32_t at, bool &spelled) const {
        const uint8_t *text = tokens.text;
        const uint32_t length = tokens.length;
        const auto digit = [&] { return at < length && uint8_t(text[at] - '0') < 10; };
        const auto is = [&](char byte) { return at < length && text[at] == uint8_t(byte); };
        const bool is_negative = is('-');
        at += is_negative;
        if (!digit()) return 0;
        const bool is_zero = is('0');
        at++;
        if (is_zero && digit()) return 0;
        while (digit()) at++;
        bool is_whole = true;
        if (is('.')) {
            is_whole = false;
            at++;
            if (!digit()) return 0;
            while (digit()) at++;
        }
        if (is('e') || is('E')) {
            is_whole = false;
            at++;
            if (is('+') || is('-')) at++;
            if (!digit()) return 0;
            while (digit()) at++;
        }
        // Which is read as 0.
        if (is_whole && is_zero && is_negative) spelled = false;
        return at;
    }

    bool is_same(zosh_piece a, zosh_piece b) const {
        uint32_t count = a.end - a.start;
        if (count != b.end - b.start) return false;
        const uint8_t *one = tokens.text + a.start, *other = tokens.text + b.start;
        for (; count >= 8; count -= 8, one += 8, other += 8) {
            uint64_t x, y;
            memcpy(&x, one, 8);
            memcpy(&y, other, 8);
            if (x != y) return false;
        }
        for (; count > 0; count--)
            if (*one++ != *other++) return false;
        return true;
    }

    /// Names beyond ASCII can be the same in other bytes; which are, the other reader knows.
    bool are_distinct(const zosh_piece *names, size_t count) const {
        for (size_t i = 0; i < count; i++) {
            for (uint32_t at = names[i].start; at < names[i].end; at++)
                if (tokens.text[at] >= 0x80) return false;
            for (size_t k = 0; k < i; k++)
                if (is_same(names[i], names[k])) return false;
        }
        return true;
    }

    zosh::Tokens &tokens;
    Page &page;
    Pieces row_names;
    /// The shape of the last row.
    uint32_t last = 0;
};

} // namespace

const zosh_page *zosh_page_read(const void *text, size_t length) {
    // Places and what `end` carries share 32 bits.
    if (!text || length == 0 || length >= 0x40000000u) return nullptr;
    Page *page = nullptr;
    try {
        zosh::Tokens tokens;
        if (!tokens.find(static_cast<const uint8_t *>(text), uint32_t(length))) return nullptr;
        page = new Page();
        // A field has a name, a colon, a value and a comma; growing by doubling would copy it all.
        page->own_values.reserve(tokens.count() / 4 + 16);
        if (Walk(tokens, *page).reply()) {
            page->field_names = page->own_field_names.data();
            page->field_values = page->own_field_values.data();
            page->field_count = uint32_t(page->own_field_names.size());
            page->rows = page->own_rows.data();
            page->row_count = uint32_t(page->own_rows.size());
            page->values = page->own_values.data();
            page->shapes = page->own_shapes.data();
            page->shape_count = uint32_t(page->own_shapes.size());
            page->names = page->own_names.data();
            return page;
        }
    } catch (const std::bad_alloc &) {}
    delete page;
    return nullptr;
}

void zosh_page_free(const zosh_page *page) { delete static_cast<const Page *>(page); }
