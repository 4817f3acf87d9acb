#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A parser of simdjson with a padded buffer.
typedef struct bare_scan bare_scan;

/// What was read: records, and the bytes of their values, so that nothing is optimised away.
typedef struct {
  uint64_t records;
  uint64_t valueBytes;
} bare_scan_result;

bare_scan *bare_scan_new(void);
void bare_scan_free(bare_scan *scan);

/// Copies a message into the padded buffer and reads `operationName` of each of its records.
bool bare_scan_message(
    bare_scan *scan, const uint8_t *bytes, size_t length, bare_scan_result *result);

/// The same for a message that has its padding already, as if a broker ever gave it so.
bool bare_scan_padded(
    bare_scan *scan, const uint8_t *bytes, size_t length, size_t capacity,
    bare_scan_result *result);

/// How many bytes must follow a padded message.
size_t bare_scan_padding(void);

#ifdef __cplusplus
}
#endif
