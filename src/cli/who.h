/*
 * who.h - the analyst at this command line.
 */
#ifndef CLI_WHO_H
#define CLI_WHO_H

#include "base/str.h"

/* case_who(), good for the life of the process. */
struct claque_str who(void);

#endif
