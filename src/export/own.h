/* own.h - is what is in the way an export of ours, and taking one away. */
#ifndef EXPORT_OWN_H
#define EXPORT_OWN_H

#include "base/str.h"

/*
 * A folder of CSV files, or a bag, that holds nothing but what an export puts there, with
 * our README on top; of a bag, in data/ nothing that its manifest does not list.
 */
bool own_folder(const char *path, bool bag);
/* A file, or a folder of an export also if it is unfinished; what is not ours stays. */
void own_remove(const char *path);

#endif
