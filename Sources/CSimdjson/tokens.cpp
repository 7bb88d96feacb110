#include "tokens.h"

#include <memory>
#include <simdjson.h>

namespace zosh {

namespace {

using Stages = simdjson::internal::dom_parser_implementation;

/// What a thread keeps for its next text. Larger ones are rare, and four times their size is not kept for them.
constexpr size_t kept = 4 << 20;

/// simdjson's stages with room for a text so long; NULL without memory.
Stages *stages(size_t length) {
    thread_local std::unique_ptr<Stages> own;
    if (own && (own->capacity() < length || own->capacity() > kept)) own.reset();
    if (!own) {
        const auto *active = static_cast<const simdjson::implementation *>(simdjson::get_active_implementation());
        const size_t room = length < (256 << 10) ? (256 << 10) : length + length / 4;
        if (active->create_dom_parser_implementation(room, 1, own) != simdjson::SUCCESS) own.reset();
    }
    return own.get();
}

bool is_hex(uint8_t byte) {
    return (byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f');
}

} // namespace

bool Tokens::find(const uint8_t *bytes, uint32_t size) {
    text = bytes;
    length = size;
    Stages *found = stages(size);
    if (!found || found->stage1(bytes, size, simdjson::stage1_mode::regular) != simdjson::SUCCESS) return false;
    places = found->structural_indexes.get();
    end = places + found->n_structural_indexes;
    // As simdjson leaves it; the walk relies on it.
    if (*end != size) return false;
    is_strange.resize(size / block + 1);
    for (uint32_t from = 0; from < size; from += block) {
        const uint32_t upto = size - from > block ? from + block : size;
        // Written so that a compiler does many bytes at once.
        uint8_t quoted = 0, strange = 0;
        for (uint32_t i = from; i < upto; i++) {
            quoted += bytes[i] == '"';
            // A backslash, DEL, and the first byte of U+2028 and U+2029.
            strange |= (bytes[i] == '\\') | (bytes[i] == 0x7F) | (bytes[i] == 0xE2);
        }
        quotes += quoted;
        is_strange[from / block] = strange;
        has_strange |= strange != 0;
    }
    return true;
}

bool Tokens::look_into(uint32_t start, uint32_t end, bool &spelled, bool &escaped) {
    for (uint32_t i = start; i < end; i++) {
        const uint8_t byte = text[i];
        if (byte == '"') return false;
        if (byte == 0x7F || (byte == 0xE2 && i + 2 < end && text[i + 1] == 0x80 && (text[i + 2] & 0xFE) == 0xA8))
            spelled = false;
        if (byte != '\\') continue;
        escaped = true;
        if (++i >= end) return false;
        switch (text[i]) {
        case '"': escaped_quotes++; break;
        case '\\': case 'n': case 'r': case 't': break;
        // What zosh would not escape so.
        case '/': case 'b': case 'f': spelled = false; break;
        case 'u':
            spelled = false;
            if (end - i < 5) return false;
            for (int digit = 1; digit <= 4; digit++)
                if (!is_hex(text[i + digit])) return false;
            i += 4;
            break;
        default: return false;
        }
    }
    return true;
}

} // namespace zosh
