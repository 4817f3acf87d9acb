#include "Unescape.hpp"

#include <cstring>

namespace gatebook {

namespace {

int hexDigit(uint8_t c) {
  if (c >= '0' && c <= '9') { return c - '0'; }
  const uint8_t lower = c | 0x20;
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The four hexadecimal digits at `from`, -1 when they are not there.
int32_t codeUnit(const uint8_t *from, const uint8_t *end) {
  if (end - from < 4) { return -1; }
  int32_t unit = 0;
  for (int i = 0; i < 4; i++) {
    const int digit = hexDigit(from[i]);
    if (digit < 0) { return -1; }
    unit = unit << 4 | digit;
  }
  return unit;
}

uint8_t *encode(int32_t scalar, uint8_t *out) {
  if (scalar < 0x80) {
    *out++ = uint8_t(scalar);
    return out;
  }
  if (scalar < 0x800) {
    *out++ = uint8_t(0xC0 | scalar >> 6);
  } else if (scalar < 0x10000) {
    *out++ = uint8_t(0xE0 | scalar >> 12);
    *out++ = uint8_t(0x80 | (scalar >> 6 & 0x3F));
  } else {
    *out++ = uint8_t(0xF0 | scalar >> 18);
    *out++ = uint8_t(0x80 | (scalar >> 12 & 0x3F));
    *out++ = uint8_t(0x80 | (scalar >> 6 & 0x3F));
  }
  *out++ = uint8_t(0x80 | (scalar & 0x3F));
  return out;
}

bool isHighSurrogate(int32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool isLowSurrogate(int32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

/// Reads the digits behind `\u`, and the escape of the partner of a surrogate.
bool unicode(const uint8_t *&from, const uint8_t *end, uint8_t *&out) {
  int32_t scalar = codeUnit(from, end);
  if (scalar < 0) { return false; }
  from += 4;
  if (isHighSurrogate(scalar) && end - from >= 6 && from[0] == '\\' && from[1] == 'u') {
    const int32_t low = codeUnit(from + 2, end);
    if (isLowSurrogate(low)) {
      from += 6;
      scalar = 0x10000 + ((scalar - 0xD800) << 10) + (low - 0xDC00);
    }
  }
  if (isHighSurrogate(scalar) || isLowSurrogate(scalar)) { scalar = 0xFFFD; }
  out = encode(scalar, out);
  return true;
}

uint8_t simpleEscape(uint8_t c) {
  switch (c) {
  case '"':
  case '\\':
  case '/':
    return c;
  case 'b':
    return '\b';
  case 'f':
    return '\f';
  case 'n':
    return '\n';
  case 'r':
    return '\r';
  case 't':
    return '\t';
  default:
    return 0;
  }
}

}  // namespace

uint8_t *unescape(const uint8_t *from, const uint8_t *end, uint8_t *out) {
  while (from < end) {
    const auto *escape = static_cast<const uint8_t *>(std::memchr(from, '\\', size_t(end - from)));
    const size_t plain = size_t((escape ? escape : end) - from);
    std::memcpy(out, from, plain);
    out += plain;
    if (!escape) { return out; }
    from = escape + 1;
    if (from == end) { return nullptr; }
    const uint8_t kind = *from++;
    if (kind == 'u') {
      if (!unicode(from, end, out)) { return nullptr; }
      continue;
    }
    const uint8_t meant = simpleEscape(kind);
    if (meant == 0) { return nullptr; }
    *out++ = meant;
  }
  return out;
}

namespace {

bool isDigit(uint8_t c) { return c >= '0' && c <= '9'; }

/// Moves behind the digits at `from`; `false` when there are none.
bool digits(const uint8_t *&from, const uint8_t *end) {
  const uint8_t *const start = from;
  while (from < end && isDigit(*from)) { from++; }
  return from > start;
}

}  // namespace

bool isNumber(const uint8_t *from, const uint8_t *end) {
  if (from < end && *from == '-') { from++; }
  const bool leadingZero = from < end && *from == '0';
  const uint8_t *const whole = from;
  if (!digits(from, end) || (leadingZero && from - whole > 1)) { return false; }
  if (from < end && *from == '.') {
    from++;
    if (!digits(from, end)) { return false; }
  }
  if (from < end && (*from | 0x20) == 'e') {
    from++;
    if (from < end && (*from == '+' || *from == '-')) { from++; }
    if (!digits(from, end)) { return false; }
  }
  return from == end;
}

}  // namespace gatebook
