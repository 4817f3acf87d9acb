#include "Keys.hpp"

namespace gatebook {

bool Keys::add(const uint8_t *text, size_t length) {
  constexpr size_t head = sizeof(Head::bytes);
  if (count_ == most || length + 1 >= padding) { return false; }
  uint8_t quoted[padding + head] = {};
  uint8_t mask[head] = {};
  std::memcpy(quoted, text, length);
  quoted[length++] = '"';
  std::memset(mask, 0xFF, length < head ? length : head);
  std::memcpy(heads_[count_].bytes, quoted, head);
  std::memcpy(heads_[count_].mask, mask, head);
  std::memcpy(rests_[count_], quoted + head, padding);
  restLengths_[count_] = length > head ? length - head : 0;
  beginning_[quoted[0]] |= uint32_t(1) << count_;
  count_++;
  return true;
}

uint32_t *Slots::next(size_t words) {
  if (used_ + words > capacity_) {
    const size_t capacity = capacity_ == 0 ? 4096 : capacity_ * 2;
    void *grown = std::realloc(words_, capacity * sizeof(uint32_t));
    if (!grown) { return nullptr; }
    words_ = static_cast<uint32_t *>(grown);
    capacity_ = capacity;
  }
  std::memset(words_ + used_, 0, words * sizeof(uint32_t));
  return words_ + used_;
}

void Slots::release() {
  std::free(words_);
  words_ = nullptr;
  used_ = capacity_ = 0;
}

}  // namespace gatebook
