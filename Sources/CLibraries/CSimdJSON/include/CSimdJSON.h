#ifndef GB_CSIMDJSON_H
#define GB_CSIMDJSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if !defined(__clang__)
#define _Nonnull
#define _Nullable
#endif

#ifdef __cplusplus
extern "C" {
#endif

/// Why bytes could not be read, or where reading stopped.
enum {
  GB_JSON_OK = 0,
  GB_JSON_EMPTY = 1,
  GB_JSON_NOT_A_CONTAINER = 2,
  GB_JSON_ARRAY_KEY_WITHOUT_ARRAY = 3,
  GB_JSON_EMPTY_OBJECT = 4,
  GB_JSON_NO_OBJECTS = 5,
  GB_JSON_UNCLOSED_STRING = 6,
  GB_JSON_INVALID_UTF8 = 7,
  GB_JSON_CONTROL_CHARACTER = 8,
  GB_JSON_UNCLOSED_CONTAINER = 9,
  GB_JSON_MISMATCHED_BRACKET = 10,
  GB_JSON_UNEXPECTED_TOKEN = 11,
  GB_JSON_TRAILING_CONTENT = 12,
  GB_JSON_INVALID_NUMBER = 13,
  GB_JSON_INVALID_LITERAL = 14,
  GB_JSON_INVALID_ESCAPE = 15,
  GB_JSON_TOO_DEEP = 16,
  GB_JSON_TOO_LARGE = 17,
  GB_JSON_OUT_OF_MEMORY = 18,
};

enum { GB_JSON_SHAPE_NONE = 0, GB_JSON_SHAPE_KEYED, GB_JSON_SHAPE_ARRAY, GB_JSON_SHAPE_SINGLE };

/// What one scan found. `bytes` and `slots` are the scanner's and live until its next scan.
///
/// Slots are 32-bit words, 2 + 2 * keys a record: start and length of the record (top bit of the
/// length: irregular), then per key the offset and `length << 2 | kind`.
typedef struct gb_json_scan_result {
  uint32_t shape;
  uint32_t code;
  bool unreadable;
  uint64_t offset;
  uint64_t records;
  uint64_t empty_objects;
  uint64_t non_objects;
  uint64_t irregular;
  const uint8_t *_Nullable bytes;
  const uint32_t *_Nullable slots;
} gb_json_scan_result;

typedef struct gb_json_scanner gb_json_scanner;

gb_json_scanner *_Nullable gb_json_scanner_new(size_t retained_limit);
void gb_json_scanner_free(gb_json_scanner *_Nonnull scanner);
/// The first key added is the array key, the others are the keys of a record.
bool gb_json_scanner_add_key(
    gb_json_scanner *_Nonnull scanner, const uint8_t *_Nonnull text, size_t length);
void gb_json_scan(
    gb_json_scanner *_Nonnull scanner, const uint8_t *_Nullable bytes, size_t length,
    bool structural_only, gb_json_scan_result *_Nonnull result);
/// Frees what a message above the retained limit needed; the last scan's slots are gone then.
void gb_json_scanner_release_excess(gb_json_scanner *_Nonnull scanner);

/// What one parse made. Nodes are six 32-bit words each: kind, source start, source length, next
/// sibling (0: none), start of the text in `bytes`, length of the text (containers: children).
/// Inside an object the node before a member's value is its key.
typedef struct gb_json_tree_result {
  uint32_t code;
  bool has_offset;
  uint64_t offset;
  const uint8_t *_Nullable bytes;
  const uint32_t *_Nullable nodes;
} gb_json_tree_result;

typedef struct gb_json_tree gb_json_tree;

gb_json_tree *_Nullable gb_json_tree_new(size_t retained_limit);
void gb_json_tree_free(gb_json_tree *_Nonnull tree);
void gb_json_tree_parse(
    gb_json_tree *_Nonnull tree, const uint8_t *_Nullable bytes, size_t length,
    gb_json_tree_result *_Nonnull result);

#ifdef __cplusplus
}
#endif

#endif
