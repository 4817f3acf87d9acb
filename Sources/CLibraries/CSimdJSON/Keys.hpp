#pragma once

#include "Indexes.hpp"

namespace gatebook {

/// The keys a walk looks for; the first is the one whose array holds records.
///
/// A key is compared raw, with its closing quote: the first sixteen bytes, then the rest.
class Keys {
public:
  static constexpr uint32_t most = 32;
  static constexpr uint32_t none = most;

  bool add(const uint8_t *text, size_t length);
  uint32_t perRecord() const { return count_ - 1; }
  uint32_t wordsPerSlot() const { return 2 * count_; }

  /// The number of the key whose text stands at `at`, or `none`; reads sixteen bytes at least.
  uint32_t find(const uint8_t *at) const {
    for (uint32_t left = beginning_[*at]; left != 0; left &= left - 1) {
      const uint32_t key = uint32_t(__builtin_ctz(left));
      if (heads_[key].matches(at) && hasRest(key, at + sizeof(Head::bytes))) { return key; }
    }
    return none;
  }

private:
  struct Head {
    uint64_t bytes[2];
    uint64_t mask[2];

    bool matches(const uint8_t *at) const {
      uint64_t text[2];
      std::memcpy(text, at, sizeof text);
      return (((text[0] ^ bytes[0]) & mask[0]) | ((text[1] ^ bytes[1]) & mask[1])) == 0;
    }
  };

  bool hasRest(uint32_t key, const uint8_t *at) const {
    const size_t length = restLengths_[key];
    return length == 0 || std::memcmp(at, rests_[key], length) == 0;
  }

  uint32_t count_ = 0;
  /// For each first byte the keys that begin with it, as bits.
  uint32_t beginning_[256] = {};
  Head heads_[most] = {};
  size_t restLengths_[most] = {};
  uint8_t rests_[most][padding] = {};
};

/// Slots of records, kept between messages.
class Slots {
public:
  ~Slots() { std::free(words_); }
  /// Room for one more slot of `words`, zeroed; null when memory is out.
  uint32_t *next(size_t words);
  void take(size_t words) { used_ += words; }
  void clear() { used_ = 0; }
  void release();
  const uint32_t *begin() const { return words_; }
  size_t capacityBytes() const { return capacity_ * sizeof(uint32_t); }

private:
  uint32_t *words_ = nullptr;
  size_t used_ = 0;
  size_t capacity_ = 0;
};

}  // namespace gatebook
