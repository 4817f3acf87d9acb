#ifndef GB_CZLIB_H
#define GB_CZLIB_H

#include <zlib.h>

#endif
