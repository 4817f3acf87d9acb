#pragma once

#include "Indexes.hpp"

namespace gatebook {

/// A key as its raw bytes with the closing quote, compared eight bytes first.
struct Key {
  uint8_t text[padding] = {};
  uint32_t length = 0;  // with the closing quote
  uint64_t head = 0;
  uint64_t mask = 0;

  bool matches(const uint8_t *at) const {
    uint64_t bytes;
    std::memcpy(&bytes, at, sizeof bytes);
    if (((bytes ^ head) & mask) != 0) { return false; }
    return length <= 8 || std::memcmp(at + 8, text + 8, length - 8) == 0;
  }
};

/// The keys a walk looks for; the first is the one whose array holds records.
struct Keys {
  static constexpr uint32_t most = 32;
  Key of[most];
  uint32_t count = 0;

  uint32_t perRecord() const { return count - 1; }
  uint32_t wordsPerSlot() const { return 2 + 2 * perRecord(); }
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
  bool value(size_t index);
  bool skip(int64_t depth, uint8_t closing);
  bool note(uint32_t *slot, uint32_t key, size_t index);

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
