// The tokens of one text, as simdjson's first stage finds them, and what is known of its strings at once.
#ifndef ZOSH_TOKENS_H
#define ZOSH_TOKENS_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace zosh {

/// Where a token begins in the text; the one behind the last is the text's length.
using Token = const uint32_t *;

class Tokens {
public:
    /// False when the text is no UTF-8, holds an open string or a control character in one, or memory is short (which
    /// may also be thrown).
    bool find(const uint8_t *text, uint32_t length);

    Token first() const { return places; }
    bool is_end(Token t) const { return t == end; }
    size_t count() const { return size_t(end - places); }

    /// The first byte of a token; 0 behind the last one.
    uint8_t kind(Token t) const { return t < end ? text[*t] : 0; }

    /// Whether only blanks stand from here up to a token. `tight` is cleared when there are any.
    bool is_blank(uint32_t from, Token upto, bool &tight) const {
        if (from == *upto) return true;
        tight = false;
        for (; from < *upto; from++)
            if (!is_blank(text[from])) return false;
        return from == *upto;
    }

    /// The token behind one of one byte; nothing when anything but blanks stands between them.
    Token past(Token t, bool &tight) const { return is_blank(*t + 1, t + 1, tight) ? t + 1 : nullptr; }

    /// The token behind the string that is here; nothing when here is none. `spelled` is cleared when zosh would spell
    /// it another way, `follows` when the next token does not follow at once, `escaped` set when it holds an escape.
    Token string(Token t, uint32_t &start, uint32_t &close, bool &spelled, bool &escaped, bool &follows) {
        if (kind(t) != '"') return nullptr;
        const uint32_t open = *t++;
        uint32_t upto = *t;
        if (text[upto - 1] != '"') {
            follows = false;
            while (upto > open && is_blank(text[upto - 1])) upto--;
            if (text[upto - 1] != '"') return nullptr;
        }
        if (upto < open + 2) return nullptr;
        start = open + 1;
        close = upto - 1;
        strings++;
        return is_plain(start, close) || look_into(start, close, spelled, escaped) ? t : nullptr;
    }

    Token string(Token t, uint32_t &start, uint32_t &close, bool &spelled, bool &escaped) {
        bool follows = true;
        t = string(t, start, close, spelled, escaped, follows);
        spelled = spelled && follows;
        return t;
    }

    /// Whether every quote of the text begins or ends a string that was read, or was found escaped in one: then no
    /// string that was not looked into held another.
    bool quotes_add_up() const { return quotes == 2 * strings + escaped_quotes; }

    const uint8_t *text = nullptr;
    uint32_t length = 0;

private:
    static bool is_blank(uint8_t byte) { return byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09; }
    bool look_into(uint32_t start, uint32_t end, bool &spelled, bool &escaped);

    /// Bytes of the text that are looked at together.
    static constexpr uint32_t block = 128;

    /// Whether nothing in the string could need a look, as far as its blocks tell.
    bool is_plain(uint32_t start, uint32_t end) const {
        if (!has_strange) return true;
        for (uint32_t at = start / block; at <= end / block; at++)
            if (is_strange[at]) return false;
        return true;
    }

    Token places = nullptr, end = nullptr;
    uint64_t quotes = 0, strings = 0, escaped_quotes = 0;
    /// Which blocks hold a byte for which a string must be looked into.
    std::vector<uint8_t> is_strange;
    bool has_strange = false;
};

} // namespace zosh

#endif
