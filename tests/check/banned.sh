#!/bin/sh
# Calls that are too easy to get wrong. base/ wraps the ones that are needed.
set -eu
cd "${srcdir:-.}"
bad=0
if grep -nE '(^|[^_[:alnum:]])(strcpy|strcat|strncpy|strncat|sprintf|vsprintf|gets|strtok|atoi|atol|atof|sscanf|alloca|localtime|gmtime|ctime|asctime|rand|system|popen|isalpha|isdigit|isspace|toupper|tolower|lgamma)[[:space:]]*\(' \
	$(find src include -name '*.[ch]'); then
	echo "banned call"
	bad=1
fi
# Folders under app/ never print; what is shown passes safe text in tui and cli.
if grep -nE '(^|[^_[:alnum:]])(printf|puts|putchar|perror|exit)[[:space:]]*\(' \
	$(find src/base src/text src/model src/engine src/store src/import src/export src/case src/scenario src/app -name '*.c'); then
	echo "a layer below the faces prints or exits"
	bad=1
fi
# What grows with the posts can lie in files: base/array.
if grep -nE '(^|[^_[:alnum:]])(malloc|calloc|realloc|free|GROW)[[:space:]]*\([^)]' \
	$(find src/engine -name '*.[ch]'); then
	echo "the engine keeps arrays by ARRAY_NEW, ARRAY_GROW and array_free"
	bad=1
fi
exit $bad
