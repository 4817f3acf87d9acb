#include "Walker.hpp"

namespace gatebook {

namespace {

/// Brackets in the low half, braces alone in the high half.
constexpr int64_t bracket = 1;
constexpr int64_t brace = (int64_t(1) << 32) + 1;

struct Steps {
  int64_t of[256] = {};
  constexpr Steps() {
    of['{'] = brace;
    of['}'] = -brace;
    of['['] = bracket;
    of[']'] = -bracket;
  }
};

constexpr Steps steps;

constexpr uint8_t bracketBits = '{' & '[' & '}' & ']';
static_assert((endMark & bracketBits) == bracketBits, "The mark must look like a bracket.");

constexpr uint32_t irregularRecord = uint32_t(1) << 31;

enum Kind : uint32_t { plainString = 1, escapedString = 2, other = 3 };

}  // namespace

void Walker::stop(uint32_t code, size_t offset) {
  result_.code = code;
  result_.offset = offset;
}

/// Stops at something that is not whole: its brackets differ, or it is cut or damaged.
void Walker::stopBroken(size_t offset) {
  if (mismatched_) { return stop(GB_JSON_MISMATCHED_BRACKET, offset); }
  const uint32_t cut = GB_JSON_UNCLOSED_CONTAINER;
  stop(damage_.code != GB_JSON_OK ? damage_.code : cut, offset);
}

void Walker::walk() {
  if (count_ == 0) {
    result_.unreadable = true;
    return stop(damage_.code != GB_JSON_OK ? damage_.code : uint32_t(GB_JSON_EMPTY), 0);
  }
  bool going = true;
  if (at(0) == '[') {
    result_.shape = GB_JSON_SHAPE_ARRAY;
    next_ = 1;
    depth_ = 1;
  } else if (at(0) == '{') {
    result_.shape = GB_JSON_SHAPE_SINGLE;
    going = object();
  } else {
    result_.unreadable = true;
    return stop(GB_JSON_NOT_A_CONTAINER, indexes_[0]);
  }
  while (going && depth_ > 0) { going = element(); }
  if (going) { finish(); }
}

/// The document is closed: whatever follows is damage, and what it held may be nothing at all.
void Walker::finish() {
  if (!ended()) { return stop(GB_JSON_TRAILING_CONTENT, indexes_[next_]); }
  if (damage_.code != GB_JSON_OK) { return stop(damage_.code, damage_.start); }
  if (result_.records > 0) { return; }
  if (result_.shape == GB_JSON_SHAPE_SINGLE) {
    result_.unreadable = true;
    stop(GB_JSON_EMPTY_OBJECT, indexes_[0]);
  } else if (result_.non_objects > 0 && result_.empty_objects == 0) {
    result_.unreadable = true;
    stop(GB_JSON_NO_OBJECTS, indexes_[0]);
  }
}

/// Reads one element of the innermost array of records, with the comma or bracket after it.
///
/// `next_` stands behind the opening bracket or a comma.
bool Walker::element() {
  if (ended()) {
    stopBroken(damage_.code != GB_JSON_OK ? damage_.start : length_);
    return false;
  }
  const size_t start = indexes_[next_];
  switch (at(next_)) {
  case '{':
    return object();
  case ']':
    // Only an array without elements ends here: `[1,]` has a comma too many.
    if (at(next_ - 1) == '[') { return closeArray(); }
    [[fallthrough]];
  case '}':
  case ',':
  case ':':
    stop(GB_JSON_UNEXPECTED_TOKEN, start);
    return false;
  default:
    const size_t behind = behindValue(next_);
    if (behind == 0 || behind >= count_) {
      stopBroken(start);
      return false;
    }
    next_ = behind;
    result_.non_objects++;
    return separator();
  }
}

/// Reads an object: a record, an empty one, or an envelope whose array is then walked in place.
bool Walker::object() {
  const size_t start = indexes_[next_];
  uint32_t *slot = slots_.next(keys_.wordsPerSlot());
  if (!slot) {
    stop(GB_JSON_OUT_OF_MEMORY, start);
    return false;
  }
  if (next_ + 1 < count_ && at(next_ + 1) == '}') {
    next_ += 2;
    if (depth_ > 0) { result_.empty_objects++; }
    return depth_ == 0 || separator();
  }
  next_++;
  irregular_ = false;
  switch (members(slot, Want::fields)) {
  case End::broken:
    stopBroken(start);
    return false;
  case End::envelope:
    if (depth_ == 0) { result_.shape = GB_JSON_SHAPE_KEYED; }
    keyed_[depth_++] = true;
    return true;
  case End::whole:
    break;
  }
  if (depth_ == 0 && sawKeyWithoutArray_) {
    result_.unreadable = true;
    stop(GB_JSON_ARRAY_KEY_WITHOUT_ARRAY, start);
    return false;
  }
  slot[0] = uint32_t(start);
  slot[1] = uint32_t(indexes_[next_ - 1] + 1 - start);
  if (irregular_) {
    slot[1] |= irregularRecord;
    result_.irregular++;
  }
  slots_.take(keys_.wordsPerSlot());
  result_.records++;
  return depth_ == 0 || separator();
}

/// Takes what stands behind an element.
bool Walker::separator() {
  if (ended()) { return element(); }
  if (at(next_) == ',') {
    next_++;
    return true;
  }
  if (at(next_) == ']') { return closeArray(); }
  stop(GB_JSON_UNEXPECTED_TOKEN, indexes_[next_]);
  return false;
}

bool Walker::closeArray() {
  next_++;
  depth_--;
  if (!keyed_[depth_]) { return depth_ == 0 || separator(); }
  keyed_[depth_] = false;
  return finishEnvelope();
}

/// Reads the members behind the array of an envelope; one more array under the key is walked too.
bool Walker::finishEnvelope() {
  const size_t start = next_ < count_ ? indexes_[next_] : length_;
  if (!ended() && at(next_) == ',') { next_++; }
  switch (members(nullptr, Want::arrayOnly)) {
  case End::broken:
    stopBroken(start);
    return false;
  case End::envelope:
    keyed_[depth_++] = true;
    return true;
  case End::whole:
    return depth_ == 0 || separator();
  }
  return false;
}

/// Reads the members of an object as far as its closing brace, from a key on.
///
/// Members that do not look like `"key": value,` end the search for keys, not the record: its end
/// is then found by its brackets. The search also ends when all keys are found, except in the
/// outermost object, where the array key may come last.
Walker::End Walker::members(uint32_t *slot, Want want) {
  const bool mayStopEarly = want == Want::fields && depth_ > 0;
  uint32_t missing = want == Want::fields ? keys_.perRecord() : 0;
  // A local index: through `next_` each step would wait for the memory of the step before.
  size_t index = next_;
  while (index + 2 < count_ && at(index) == '"' && at(index + 1) == ':') {
    const uint32_t found = keys_.find(text_ + indexes_[index] + 1);
    const size_t content = index + 2;
    if (found == 0) {
      if (at(content) == '[' && depth_ < mostEnvelopes) {
        next_ = content + 1;
        return End::envelope;
      }
      if (depth_ == 0) { sawKeyWithoutArray_ = true; }
    }
    index = at(content) == '"' ? content + 1 : behindValue(content);
    if (index <= content) {
      if (index == 0) { return End::broken; }
      irregular_ = true;
      break;
    }
    if (found - 1 < Keys::none - 1 && slot && slot[2 * found] == 0) {
      if (!note(slot, found, content, index)) {
        irregular_ = true;
        break;
      }
      if (--missing == 0 && mayStopEarly) { return closeObject(index); }
    }
    // The mark behind the text is no comma, so a cut text ends the loop too.
    if (at(index) != ',') { break; }
    index++;
  }
  // A comma before the brace is as irregular as a missing colon.
  if (at(index) != '}' || at(index - 1) == ',') { irregular_ = true; }
  return closeObject(index);
}

Walker::End Walker::closeObject(size_t index) {
  const size_t behind = skip(index, brace, '}');
  if (behind == 0) { return End::broken; }
  next_ = behind;
  return End::whole;
}

/// The index behind the value at `index`: that itself when there is none, 0 when it is not whole.
size_t Walker::behindValue(size_t index) {
  switch (at(index)) {
  case '{':
    return skip(index + 1, brace, '}');
  case '[':
    return skip(index + 1, bracket, ']');
  case '}':
  case ']':
  case ',':
  case ':':
    return index;
  default:
    return index + 1;
  }
}

/// The index behind the bracket that closes what is open at `depth`; 0 when that is not there.
size_t Walker::skip(size_t from, int64_t depth, uint8_t closing) {
  const uint8_t *const text = text_;
  const uint32_t *index = indexes_ + from;
  for (;;) {
    const uint8_t c = text[*index++];
    // All brackets have these bits, and so has the mark behind the text that ends the loop. A
    // branch here is faster than adding zeros, because records repeat each other.
    if ((c & bracketBits) != bracketBits) { continue; }
    depth += steps.of[c];
    if (int32_t(depth) == 0) {
      mismatched_ = depth != 0 || c != closing;
      return mismatched_ ? 0 : size_t(index - indexes_);
    }
    if (size_t(index - indexes_) > count_) {
      next_ = count_;
      return 0;
    }
  }
}

/// Whether one of `length` bytes is a backslash. Reads up to 31 bytes more.
static bool hasBackslash(const uint8_t *at, size_t length) {
  typedef uint8_t Bytes __attribute__((vector_size(16)));
  typedef uint64_t Halves __attribute__((vector_size(16)));
  const uint8_t *const end = at + length;
  for (const uint8_t *from = at; from < end; from += 32) {
    Bytes first;
    Bytes second;
    std::memcpy(&first, from, 16);
    std::memcpy(&second, from + 16, 16);
    const Halves found = Halves((first == '\\') | (second == '\\'));
    // It may stand behind the end: only the exact search tells.
    if ((found[0] | found[1]) != 0) { return std::memchr(from, '\\', size_t(end - from)); }
  }
  return false;
}

/// Writes place, length and kind of the value between two indexes.
bool Walker::note(uint32_t *slot, uint32_t key, size_t index, size_t behind) {
  const uint32_t start = indexes_[index];
  uint32_t end = indexes_[behind];
  while (isBlank(text_[end - 1])) { end--; }
  uint32_t kind = other;
  uint32_t offset = start;
  if (text_[start] == '"') {
    if (end < start + 2 || text_[end - 1] != '"') { return false; }
    offset++;
    end--;
    kind = hasBackslash(text_ + offset, end - offset) ? escapedString : plainString;
  }
  slot[2 * key] = offset;
  slot[2 * key + 1] = (end - offset) << 2 | kind;
  return true;
}

}  // namespace gatebook
