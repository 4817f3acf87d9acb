#ifndef GB_CYAML_H
#define GB_CYAML_H

#include <yaml.h>

#endif
