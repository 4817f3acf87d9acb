#ifndef GB_CSIMDJSON_H
#define GB_CSIMDJSON_H

#endif
