#ifndef GB_CRDKAFKA_H
#define GB_CRDKAFKA_H

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#endif
