#include "Indexes.hpp"

namespace gatebook {

bool Block::reserve(size_t size) {
  if (size <= capacity_) { return true; }
  const size_t doubled = capacity_ * 2 <= 1024 * 1024 ? capacity_ * 2 : 0;
  std::free(bytes_);
  if (size < doubled) { size = doubled; }
  bytes_ = static_cast<uint8_t *>(std::malloc(size));
  capacity_ = bytes_ ? size : 0;
  return bytes_ != nullptr;
}

void Block::release() {
  std::free(bytes_);
  bytes_ = nullptr;
  capacity_ = 0;
}

bool Indexes::reserve(size_t length) {
  if (length <= capacity()) { return true; }
  size_t capacity = 64 * 1024;
  while (capacity < length && capacity < 1024 * 1024) { capacity *= 2; }
  if (capacity < length) { capacity = length; }
  parser_.reset();
  const auto *implementation =
      static_cast<const simdjson::implementation *>(simdjson::get_active_implementation());
  // Depth 1: only the first stage is used, which knows no depth.
  if (implementation->create_dom_parser_implementation(capacity, 1, parser_)) { parser_.reset(); }
  return parser_ != nullptr;
}

void Indexes::release() { parser_.reset(); }

bool Indexes::readFast(const uint8_t *text, size_t length) {
  parser_->n_structural_indexes = 0;
  const auto error = parser_->stage1(text, length, simdjson::stage1_mode::regular);
  return error == simdjson::SUCCESS;
}

namespace {

enum Class : uint8_t { scalar, blank, bracket, quote, high };

struct Classes {
  uint8_t of[256];
  Classes() {
    for (int c = 0; c < 256; c++) { of[c] = c < 0x80 ? scalar : high; }
    for (uint8_t c : {' ', '\n', '\r', '\t'}) { of[c] = blank; }
    for (uint8_t c : {'{', '}', '[', ']', ',', ':'}) { of[c] = bracket; }
    of['"'] = quote;
  }
};

const Classes classes;

bool follows(const uint8_t *text, size_t length, size_t at, uint8_t low, uint8_t high) {
  return at < length && text[at] >= low && text[at] <= high;
}

/// The length of the UTF-8 sequence that begins at `at`, 0 when there is none.
size_t sequenceLength(const uint8_t *text, size_t length, size_t at) {
  const uint8_t c = text[at];
  uint8_t low = 0x80;
  uint8_t high = 0xBF;
  size_t size = 4;
  if (c >= 0xC2 && c <= 0xDF) {
    size = 2;
  } else if (c >= 0xE0 && c <= 0xEF) {
    size = 3;
    if (c == 0xE0) { low = 0xA0; }
    if (c == 0xED) { high = 0x9F; }
  } else if (c >= 0xF0 && c <= 0xF4) {
    if (c == 0xF0) { low = 0x90; }
    if (c == 0xF4) { high = 0x8F; }
  } else {
    return 0;
  }
  if (!follows(text, length, at + 1, low, high)) { return 0; }
  for (size_t more = 2; more < size; more++) {
    if (!follows(text, length, at + more, 0x80, 0xBF)) { return 0; }
  }
  return size;
}

/// The place after the closing quote of the string whose content begins at `at`; else the damage.
size_t endOfString(const uint8_t *text, size_t length, size_t at, Damage &damage) {
  while (at < length) {
    const uint8_t c = text[at];
    if (c == '"') { return at + 1; }
    if (c < 0x20) {
      damage = {GB_JSON_CONTROL_CHARACTER, uint32_t(at), 0};
      return at;
    }
    if (c >= 0x80) {
      const size_t size = sequenceLength(text, length, at);
      if (size == 0) {
        damage = {GB_JSON_INVALID_UTF8, uint32_t(at), 0};
        return at;
      }
      at += size;
      continue;
    }
    // A backslash hides the next character, unless that is one which may not stand in a string.
    at += c == '\\' && at + 1 < length && text[at + 1] >= 0x20 && text[at + 1] < 0x80 ? 2 : 1;
  }
  damage = {GB_JSON_UNCLOSED_STRING, uint32_t(length), 0};
  return at;
}

}  // namespace

Damage Indexes::readStructurally(const uint8_t *text, size_t length) {
  uint32_t *out = parser_->structural_indexes.get();
  size_t count = 0;
  bool inScalar = false;
  Damage damage;
  size_t at = 0;
  while (at < length && damage.code == GB_JSON_OK) {
    const size_t start = at;
    const uint8_t kind = classes.of[text[at]];
    if (kind == blank) {
      inScalar = false;
      at++;
      continue;
    }
    const bool begins = kind == bracket || !inScalar;
    if (kind == quote) {
      at = endOfString(text, length, at + 1, damage);
    } else if (kind == high) {
      const size_t size = sequenceLength(text, length, at);
      if (size == 0) { damage = {GB_JSON_INVALID_UTF8, uint32_t(at), 0}; }
      at += size;
    } else {
      at++;
    }
    inScalar = kind == scalar || kind == high;
    if (damage.code == GB_JSON_OK) {
      if (begins) { out[count++] = uint32_t(start); }
    } else {
      // Damage in a scalar that had begun before: that one is not whole either.
      damage.start = begins ? uint32_t(start) : out[--count];
    }
  }
  out[count] = uint32_t(length);
  parser_->n_structural_indexes = uint32_t(count);
  return damage;
}

}  // namespace gatebook
