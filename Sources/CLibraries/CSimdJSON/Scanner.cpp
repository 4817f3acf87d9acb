#include <new>

#include "Walker.hpp"

using namespace gatebook;

struct gb_json_scanner {
  Keys keys;
  Indexes indexes;
  Block text;
  Slots slots;
  size_t retainedLimit = 0;

  void releaseExcess() {
    if (indexes.capacity() > retainedLimit) { indexes.release(); }
    if (text.capacity() > retainedLimit + padding) { text.release(); }
    if (slots.capacityBytes() > retainedLimit) { slots.release(); }
  }
};

gb_json_scanner *gb_json_scanner_new(size_t retained_limit) {
  auto *scanner = new (std::nothrow) gb_json_scanner;
  const size_t least = 64 * 1024;
  if (scanner) { scanner->retainedLimit = retained_limit > least ? retained_limit : least; }
  return scanner;
}

void gb_json_scanner_free(gb_json_scanner *scanner) { delete scanner; }

bool gb_json_scanner_add_key(gb_json_scanner *scanner, const uint8_t *text, size_t length) {
  return scanner->keys.add(text, length);
}

void gb_json_scanner_release_excess(gb_json_scanner *scanner) { scanner->releaseExcess(); }

void gb_json_scan(
    gb_json_scanner *scanner, const uint8_t *bytes, size_t length, bool structural_only,
    gb_json_scan_result *result) {
  *result = {};
  if (length <= scanner->retainedLimit) { scanner->releaseExcess(); }
  scanner->slots.clear();
  if (length == 0 || length > longestText) {
    result->unreadable = true;
    result->code = length == 0 ? GB_JSON_EMPTY : GB_JSON_TOO_LARGE;
    return;
  }
  if (!scanner->indexes.reserve(length) || !scanner->text.reserve(length + padding)) {
    result->unreadable = true;
    result->code = GB_JSON_OUT_OF_MEMORY;
    return;
  }
  uint8_t *text = scanner->text.bytes();
  std::memcpy(text, bytes, length);
  std::memset(text + length, 0, padding);
  text[length] = endMark;
  Damage damage;
  if (structural_only || !scanner->indexes.readFast(text, length)) {
    damage = scanner->indexes.readStructurally(text, length);
  }
  Walker(scanner->keys, scanner->slots, text, length, scanner->indexes, damage, *result).walk();
  result->bytes = text;
  result->slots = scanner->slots.begin();
}
