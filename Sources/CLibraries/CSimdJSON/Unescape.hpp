#pragma once

#include <cstddef>
#include <cstdint>

namespace gatebook {

/// Writes the text that an escaped string stands for and returns where it ends in `out`.
///
/// Null when an escape is not one of JSON's. The text is never longer than its source. A surrogate
/// without its partner becomes U+FFFD.
uint8_t *unescape(const uint8_t *from, const uint8_t *end, uint8_t *out);

/// Whether a token is a number by JSON's grammar.
bool isNumber(const uint8_t *from, const uint8_t *end);

}  // namespace gatebook
