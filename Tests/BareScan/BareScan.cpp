#include "BareScan.h"

#include <cstring>
#include <new>
#include <simdjson.h>
#include <vector>

using namespace simdjson;

// The least that anybody reads of a record: one field, with simdjson as its manual shows it.

struct bare_scan {
  ondemand::parser parser;
  std::vector<uint8_t> buffer;
};

bare_scan *bare_scan_new(void) { return new (std::nothrow) bare_scan; }

void bare_scan_free(bare_scan *scan) { delete scan; }

size_t bare_scan_padding(void) { return SIMDJSON_PADDING; }

bool bare_scan_padded(
    bare_scan *scan, const uint8_t *bytes, size_t length, size_t capacity,
    bare_scan_result *result) {
  ondemand::document document;
  ondemand::array records;
  padded_string_view view(reinterpret_cast<const char *>(bytes), length, capacity);
  if (scan->parser.iterate(view).get(document)) { return false; }
  if (document["records"].get_array().get(records)) { return false; }
  for (auto record : records) {
    std::string_view name;
    result->records += 1;
    if (!record["operationName"].get_string().get(name)) { result->valueBytes += name.size(); }
  }
  return true;
}

bool bare_scan_message(
    bare_scan *scan, const uint8_t *bytes, size_t length, bare_scan_result *result) {
  size_t capacity = length + SIMDJSON_PADDING;
  if (scan->buffer.size() < capacity) { scan->buffer.resize(capacity); }
  std::memcpy(scan->buffer.data(), bytes, length);
  return bare_scan_padded(scan, scan->buffer.data(), length, capacity, result);
}
