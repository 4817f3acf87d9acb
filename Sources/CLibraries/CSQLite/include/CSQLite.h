#ifndef GB_CSQLITE_H
#define GB_CSQLITE_H

#include <sqlite3.h>

#endif
