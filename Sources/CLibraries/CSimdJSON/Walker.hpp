#pragma once

#include "Indexes.hpp"

namespace gatebook {

/// What must stand behind a text that is walked; it is no character of JSON's.
constexpr uint8_t endMark = '_';

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

/// Walks the indexes of one message and fills a slot per record.
///
/// Brackets are counted, not matched: a record ends where as many brackets closed as opened, and is
/// broken when the two kinds do not come out even. So nesting costs no memory and no recursion.
class Walker {
public:
  Walker(
      const Keys &keys, Slots &slots, const uint8_t *text, size_t length, const Indexes &indexes,
      Damage damage, gb_json_scan_result &result)
      : keys_(keys), slots_(slots), text_(text), length_(length), indexes_(indexes.begin()),
        count_(indexes.count()), damage_(damage), result_(result) {}

  void walk();

private:
  enum class End { whole, envelope, broken };
  enum class Want { fields, arrayOnly };

  static constexpr size_t mostEnvelopes = 16;

  uint8_t at(size_t index) const { return text_[indexes_[index]]; }
  bool ended() const { return next_ >= count_; }
  void stop(uint32_t code, size_t offset);
  void stopBroken(size_t offset);
  bool element();
  bool object();
  bool separator();
  bool closeArray();
  bool finishEnvelope();
  void finish();
  End members(uint32_t *slot, Want want);
  End closeObject(size_t index);
  size_t behindValue(size_t index);
  size_t skip(size_t from, int64_t depth, uint8_t closing);
  bool note(uint32_t *slot, uint32_t key, size_t index, size_t behind);

  const Keys &keys_;
  Slots &slots_;
  const uint8_t *text_;
  size_t length_;
  const uint32_t *indexes_;
  size_t count_;
  Damage damage_;
  gb_json_scan_result &result_;

  size_t next_ = 0;
  size_t depth_ = 0;  // arrays open that hold records
  bool keyed_[mostEnvelopes + 1] = {};  // whether each is the value of an array key
  bool irregular_ = false;
  bool mismatched_ = false;
  bool sawKeyWithoutArray_ = false;
};

}  // namespace gatebook
