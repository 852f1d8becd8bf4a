#include "config.h"

#include "engine/dataset.h"
