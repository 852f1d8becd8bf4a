# mutants.awk - every small fault that one line of C could have, one a line:
#   LINE <tab> what was done, and (2) if to the second such place of the line <tab>
#   the line as it would be
# The operators are those that were found to stand for real faults (Andrews, Briand and
# Labiche 2005): a relation shifted or turned round, a connective or a sign swapped, a
# result turned round, a statement left out. Nothing in comments, strings or directives.
BEGIN {
	swap(" < ", " <= "); swap(" <= ", " < "); swap(" > ", " >= "); swap(" >= ", " > ")
	swap(" == ", " != "); swap(" != ", " == "); swap(" && ", " || "); swap(" || ", " && ")
	swap(" + ", " - "); swap(" - ", " + "); swap(" * ", " / "); swap(" / ", " * ")
	swap(" += ", " -= "); swap(" |= ", " = "); swap("if (!", "if (")
	swap("return true;", "return false;"); swap("return false;", "return true;")
	swap("return 0;", "return 1;")
}

function swap(from, to) { froms[++swaps] = from; tos[swaps] = to }

# Is this place of the line inside a string or a character?
function quoted(line, at,    i, c, open) {
	open = ""
	for (i = 1; i < at; i++) {
		c = substr(line, i, 1)
		if (c == "\\") i++
		else if (open == "" && (c == "\"" || c == "'")) open = c
		else if (c == open) open = ""
	}
	return open != ""
}

function tell(what, line) { printf "%d\t%s\t%s\n", NR, what, line }

/\/\*/ { comment = 1 }
comment { if (/\*\//) comment = 0; next }
/^#/ || !/^\t/ { next }
# Declarations without a value have nothing to go wrong but the sizes of buffers, and what
# frees but its being left out: those are the business of the sanitizers.
/^\t+(static|const|struct|enum|unsigned|u?int[0-9]*(_t)?|size_t|double|char|bool) [^=(]*;$/ { next }

/^\t+([a-z0-9_]+_)?(free|done|decref)\([^()]*\);$/ { next }

{
	for (i = 1; i <= swaps; i++) {
		at = nth = 0
		while ((found = index(substr($0, at + 1), froms[i])) > 0) {
			at += found
			nth++
			if (!quoted($0, at))
				tell(froms[i] " ->" tos[i] (nth > 1 ? "(" nth ")" : ""),
				     substr($0, 1, at - 1) tos[i] substr($0, at + length(froms[i])))
		}
	}
}
/^\t+[a-z_][a-z0-9_]*\(.*\);$/ || /^\t+[a-z_][a-z0-9_>.\[\]-]* [-+|*]?= .*;$/ {
	line = $0
	sub(/[^\t].*/, ";", line)
	tell("left out", line)
}
