#include <new>

#include "Indexes.hpp"
#include "Unescape.hpp"

namespace {

using namespace gatebook;

constexpr size_t deepest = 512;

enum Kind : uint32_t { object, array, string, number, literalTrue, literalFalse, literalNull };

struct Node {
  uint32_t kind;
  uint32_t start;
  uint32_t length;
  uint32_t next;
  uint32_t textStart;
  uint32_t textLength;
};

}  // namespace

struct gb_json_tree {
  Indexes indexes;
  Block text;   // the source, padding, and behind it the texts of escaped strings
  Block nodes;
  size_t retainedLimit = 0;

  void releaseExcess() {
    if (indexes.capacity() > retainedLimit) { indexes.release(); }
    if (text.capacity() > 2 * retainedLimit + 2 * padding) { text.release(); }
    if (nodes.capacity() > 8 * retainedLimit) { nodes.release(); }
  }
};

namespace {

/// Checks JSON's whole grammar over the indexes of a text and writes a node per value and key.
class Builder {
public:
  Builder(const gb_json_tree &tree, uint8_t *text, size_t length)
      : text_(text), indexes_(tree.indexes.begin()), count_(tree.indexes.count()),
        length_(length), nodes_(reinterpret_cast<Node *>(tree.nodes.bytes())),
        unescaped_(text + length + padding) {}

  bool build();
  uint32_t code() const { return code_; }
  size_t offset() const { return offset_; }

private:
  struct Open {
    uint32_t node;
    uint32_t last;  // the child read last, 0: none yet
  };

  size_t place(size_t index) const { return index < count_ ? indexes_[index] : length_; }
  uint8_t at(size_t index) const { return index < count_ ? text_[indexes_[index]] : 0; }
  bool fail(uint32_t code, size_t offset);
  bool unexpected();
  bool value();
  bool key();
  bool scalar(uint8_t first, Node &node);
  bool stringNode(Node &node);
  bool open(Kind kind);
  bool afterValue();
  void close();
  Node &add(uint32_t kind, size_t start);
  size_t endOfToken() const;

  uint8_t *const text_;
  const uint32_t *const indexes_;
  const size_t count_;
  const size_t length_;
  Node *const nodes_;
  uint8_t *unescaped_;

  size_t next_ = 0;
  uint32_t made_ = 0;
  size_t depth_ = 0;
  Open stack_[deepest];
  uint32_t code_ = GB_JSON_OK;
  size_t offset_ = 0;
};

bool Builder::fail(uint32_t code, size_t offset) {
  code_ = code;
  offset_ = offset;
  return false;
}

bool Builder::unexpected() {
  const bool ended = next_ >= count_;
  return fail(ended ? GB_JSON_UNCLOSED_CONTAINER : GB_JSON_UNEXPECTED_TOKEN, place(next_));
}

bool Builder::build() {
  if (!value()) { return false; }
  while (depth_ > 0) {
    if (!afterValue()) { return false; }
  }
  return next_ == count_ || fail(GB_JSON_TRAILING_CONTENT, place(next_));
}

Node &Builder::add(uint32_t kind, size_t start) {
  Node &node = nodes_[made_++];
  node = {kind, uint32_t(start), 1, 0, uint32_t(start), 0};
  return node;
}

/// Where the token before `next_` ends, blanks behind it left off.
size_t Builder::endOfToken() const {
  size_t end = place(next_);
  while (isBlank(text_[end - 1])) { end--; }
  return end;
}

/// Reads the value at `next_`; a container stays open with its first child read.
bool Builder::value() {
  for (;;) {
    if (depth_ > 0) {
      Open &parent = stack_[depth_ - 1];
      if (parent.last != 0) { nodes_[parent.last].next = made_; }
      parent.last = made_;
      nodes_[parent.node].textLength++;
    }
    const uint8_t first = at(next_);
    if (first != '{' && first != '[') { return scalar(first, add(0, place(next_))); }
    if (!open(first == '{' ? object : array)) { return false; }
    if (at(next_) == (first == '{' ? '}' : ']')) {
      close();
      return true;
    }
    if (first == '{' && !key()) { return false; }
  }
}

bool Builder::open(Kind kind) {
  if (depth_ == deepest) { return fail(GB_JSON_TOO_DEEP, place(next_)); }
  stack_[depth_++] = {made_, 0};
  add(kind, place(next_++));
  return true;
}

void Builder::close() {
  Node &node = nodes_[stack_[--depth_].node];
  node.length = uint32_t(place(next_++) + 1 - node.start);
}

/// Reads what stands behind a value inside a container, and the next value if there is one.
bool Builder::afterValue() {
  const bool inObject = nodes_[stack_[depth_ - 1].node].kind == object;
  const uint8_t separator = at(next_);
  if (separator == ',') {
    next_++;
    return (!inObject || key()) && value();
  }
  if (separator == (inObject ? '}' : ']')) {
    close();
    return true;
  }
  return unexpected();
}

/// Reads a key and the colon behind it; its node stands before the value's.
bool Builder::key() {
  if (at(next_) != '"') { return unexpected(); }
  if (!stringNode(add(string, place(next_)))) { return false; }
  if (at(next_) != ':') { return unexpected(); }
  next_++;
  return true;
}

bool Builder::stringNode(Node &node) {
  next_++;
  const size_t end = endOfToken();
  if (end < node.start + 2 || text_[end - 1] != '"') {
    return fail(GB_JSON_UNEXPECTED_TOKEN, node.start);
  }
  node.length = uint32_t(end - node.start);
  node.textStart = node.start + 1;
  node.textLength = node.length - 2;
  const uint8_t *source = text_ + node.textStart;
  if (!std::memchr(source, '\\', node.textLength)) { return true; }
  uint8_t *done = unescape(source, source + node.textLength, unescaped_);
  if (!done) { return fail(GB_JSON_INVALID_ESCAPE, node.start); }
  node.textStart = uint32_t(unescaped_ - text_);
  node.textLength = uint32_t(done - unescaped_);
  unescaped_ = done;
  return true;
}

bool Builder::scalar(uint8_t first, Node &node) {
  if (first == '"') {
    node.kind = string;
    return stringNode(node);
  }
  const uint8_t *token = text_ + node.start;
  if (next_ >= count_ || first == '}' || first == ']' || first == ',' || first == ':') {
    return unexpected();
  }
  next_++;
  node.length = node.textLength = uint32_t(endOfToken() - node.start);
  if (first == '-' || (first >= '0' && first <= '9')) {
    node.kind = number;
    if (isNumber(token, token + node.length)) { return true; }
    return fail(GB_JSON_INVALID_NUMBER, node.start);
  }
  const auto is = [&](const char *word, uint32_t length, uint32_t kind) {
    node.kind = kind;
    return node.length == length && std::memcmp(token, word, length) == 0;
  };
  if (is("true", 4, literalTrue) || is("false", 5, literalFalse) || is("null", 4, literalNull)) {
    return true;
  }
  return fail(GB_JSON_INVALID_LITERAL, node.start);
}

}  // namespace

gb_json_tree *gb_json_tree_new(size_t retained_limit) {
  auto *tree = new (std::nothrow) gb_json_tree;
  const size_t least = 64 * 1024;
  if (tree) { tree->retainedLimit = retained_limit > least ? retained_limit : least; }
  return tree;
}

void gb_json_tree_free(gb_json_tree *tree) { delete tree; }

namespace {

void read(gb_json_tree &tree, const uint8_t *bytes, size_t length, gb_json_tree_result &result) {
  uint8_t *text = tree.text.bytes();
  std::memcpy(text, bytes, length);
  std::memset(text + length, 0, padding);
  if (!tree.indexes.readFast(text, length)) {
    const Damage damage = tree.indexes.readStructurally(text, length);
    if (damage.code != GB_JSON_OK) {
      result.code = damage.code;
      result.has_offset = true;
      result.offset = damage.offset;
      return;
    }
  }
  if (tree.indexes.count() == 0) {
    result.code = GB_JSON_EMPTY;
    return;
  }
  // A node per index at most, and one for a value that is missing at the end.
  if (!tree.nodes.reserve((tree.indexes.count() + 1) * sizeof(Node))) {
    result.code = GB_JSON_OUT_OF_MEMORY;
    return;
  }
  Builder builder(tree, text, length);
  if (!builder.build()) {
    result.code = builder.code();
    result.has_offset = true;
    result.offset = builder.offset();
    return;
  }
  result.bytes = text;
  result.nodes = reinterpret_cast<const uint32_t *>(tree.nodes.bytes());
}

}  // namespace

void gb_json_tree_parse(
    gb_json_tree *tree, const uint8_t *bytes, size_t length, gb_json_tree_result *result) {
  *result = {};
  if (length <= tree->retainedLimit) { tree->releaseExcess(); }
  if (length == 0 || length > longestText) {
    result->code = length == 0 ? GB_JSON_EMPTY : GB_JSON_TOO_LARGE;
    return;
  }
  const size_t room = 2 * (length + padding);
  if (!tree->indexes.reserve(length) || !tree->text.reserve(room)) {
    result->code = GB_JSON_OUT_OF_MEMORY;
    return;
  }
  read(*tree, bytes, length, *result);
}
