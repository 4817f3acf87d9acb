#pragma once

#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "CSimdJSON.h"

namespace gatebook {

/// Longest text taken: offsets and `length << 2` must fit 32 bits.
constexpr size_t longestText = (size_t(1) << 30) - 1;
/// Zero bytes after a text, so that eight-byte loads and key comparisons may run past its end.
constexpr size_t padding = 64;

/// Where a text stops being well formed at the level of characters.
struct Damage {
  uint32_t code = GB_JSON_OK;
  uint32_t offset = 0;
  /// Where the string or scalar that holds the damage begins.
  uint32_t start = 0;
};

inline bool isBlank(uint8_t c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/// A block of memory that grows without keeping its contents.
class Block {
public:
  ~Block() { std::free(bytes_); }
  uint8_t *bytes() const { return bytes_; }
  size_t capacity() const { return capacity_; }
  bool reserve(size_t size);
  void release();

private:
  uint8_t *bytes_ = nullptr;
  size_t capacity_ = 0;
};

/// The places of brackets, commas, colons and first characters of strings and scalars in a text.
class Indexes {
public:
  /// Takes simdjson's first stage; `false` means that the text is not well formed.
  bool readFast(const uint8_t *text, size_t length);
  /// Finds the same places one byte at a time, as far as the first damage.
  Damage readStructurally(const uint8_t *text, size_t length);
  bool reserve(size_t length);
  void release();
  size_t capacity() const { return parser_ ? parser_->capacity() : 0; }

  const uint32_t *begin() const { return parser_->structural_indexes.get(); }
  size_t count() const { return parser_->n_structural_indexes; }

private:
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser_;
};

}  // namespace gatebook
