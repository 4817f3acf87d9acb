#include "BareConsumer.h"

#include <librdkafka/rdkafka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The least that any consumer of these records has to do: librdkafka fetches, this counts.

enum { mostPartitions = 64, mostMessages = 50000, dryMilliseconds = 10, patience = 5000 };

typedef struct {
  rd_kafka_t *client;
  const char *topic;
  int32_t count;
  int64_t ends[mostPartitions];
  bool isOpen[mostPartitions];
  int32_t open;
  int32_t turn;
} reading;

static bool fail(bare_consumption *result, const char *what, const char *why) {
  snprintf(result->problem, sizeof result->problem, "%s: %s", what, why);
  return false;
}

static rd_kafka_t *newClient(
    const char *const *settings, size_t count, bare_consumption *result) {
  char reason[200];
  rd_kafka_conf_t *conf = rd_kafka_conf_new();
  for (size_t i = 0; i + 1 < count; i += 2) {
    rd_kafka_conf_res_t set =
        rd_kafka_conf_set(conf, settings[i], settings[i + 1], reason, sizeof reason);
    if (set == RD_KAFKA_CONF_INVALID) {
      rd_kafka_conf_destroy(conf);
      fail(result, settings[i], reason);
      return NULL;
    }
  }
  rd_kafka_t *client = rd_kafka_new(RD_KAFKA_CONSUMER, conf, reason, sizeof reason);
  if (!client) {
    rd_kafka_conf_destroy(conf);
    fail(result, "client", reason);
  }
  return client;
}

static bool assign(reading *it, bare_consumption *result) {
  const struct rd_kafka_metadata *metadata = NULL;
  rd_kafka_topic_t *topic = rd_kafka_topic_new(it->client, it->topic, NULL);
  rd_kafka_resp_err_t error = rd_kafka_metadata(it->client, 0, topic, &metadata, 30000);
  rd_kafka_topic_destroy(topic);
  if (error) { return fail(result, "metadata", rd_kafka_err2str(error)); }
  it->count = metadata->topic_cnt == 1 ? metadata->topics[0].partition_cnt : 0;
  rd_kafka_metadata_destroy(metadata);
  if (it->count < 1 || it->count > mostPartitions) {
    return fail(result, it->topic, "no partitions, or too many");
  }
  rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(it->count);
  for (int32_t partition = 0; partition < it->count; partition++) {
    int64_t low = 0;
    int64_t *high = &it->ends[partition];
    error = rd_kafka_query_watermark_offsets(it->client, it->topic, partition, &low, high, 30000);
    if (error) {
      rd_kafka_topic_partition_list_destroy(list);
      return fail(result, "watermarks", rd_kafka_err2str(error));
    }
    it->isOpen[partition] = *high > low;
    it->open += it->isOpen[partition];
    rd_kafka_topic_partition_list_add(list, it->topic, partition)->offset = low;
  }
  error = rd_kafka_assign(it->client, list);
  rd_kafka_topic_partition_list_destroy(list);
  return error ? fail(result, "assign", rd_kafka_err2str(error)) : true;
}

static void count(reading *it, const rd_kafka_message_t *message, bare_consumption *result) {
  if (message->err) { return; }
  result->messages += 1;
  result->bytes += message->len;
  if (message->offset + 1 >= it->ends[message->partition] && it->isOpen[message->partition]) {
    it->isOpen[message->partition] = false;
    it->open -= 1;
  }
}

// On a library without fetch.queue.backoff.ms a broker's thread that found the queue full sleeps
// for up to a second; any request to the leader wakes it.
static void wake(reading *it) {
  int64_t low, high;
  for (int32_t tried = 0; tried < it->count; tried++) {
    it->turn = (it->turn + 1) % it->count;
    if (!it->isOpen[it->turn]) { continue; }
    rd_kafka_query_watermark_offsets(it->client, it->topic, it->turn, &low, &high, 200);
    return;
  }
}

static bool read(reading *it, bare_consumption *result) {
  rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(it->client);
  rd_kafka_message_t **messages = malloc(mostMessages * sizeof *messages);
  int waited = 0;
  while (it->open > 0 && waited < patience) {
    ssize_t found = rd_kafka_consume_batch_queue(queue, 0, messages, mostMessages);
    if (found <= 0) { found = rd_kafka_consume_batch_queue(queue, dryMilliseconds, messages, 1); }
    for (ssize_t i = 0; i < found; i++) {
      count(it, messages[i], result);
      rd_kafka_message_destroy(messages[i]);
    }
    if (found > 0) {
      waited = 0;
    } else {
      waited += dryMilliseconds;
      wake(it);
    }
  }
  free(messages);
  rd_kafka_queue_destroy(queue);
  return it->open == 0 ? true : fail(result, it->topic, "nothing came for five seconds");
}

bool bare_consume(
    const char *topic, const char *const *settings, size_t count, bare_consumption *result) {
  memset(result, 0, sizeof *result);
  reading it = {.client = newClient(settings, count, result), .topic = topic};
  if (!it.client) { return false; }
  bool isRead = assign(&it, result) && read(&it, result);
  rd_kafka_assign(it.client, NULL);
  rd_kafka_destroy_flags(it.client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
  return isRead;
}

const char *bare_library_version(void) { return rd_kafka_version_str(); }
