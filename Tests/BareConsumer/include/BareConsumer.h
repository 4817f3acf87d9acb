#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// What a consumer read that does nothing but count.
typedef struct {
  uint64_t messages;
  uint64_t bytes;
  char problem[256];
} bare_consumption;

/// Reads a topic from its beginning to the ends that its partitions have at the start.
///
/// `settings` are names and values of librdkafka in turn, `count` of them together; those that this
/// library does not know are skipped. False with a sentence in `problem` when that fails.
bool bare_consume(
    const char *topic, const char *const *settings, size_t count, bare_consumption *result);

/// The version of the library that is linked.
const char *bare_library_version(void);
