#pragma once

#include "Indexes.hpp"
#include "Keys.hpp"

namespace gatebook {

/// What must stand behind a text that is walked; it is no character of JSON's.
constexpr uint8_t endMark = '_';

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
