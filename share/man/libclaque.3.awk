# libclaque.3.awk - libclaque(3) from the public headers: of each what its first comment
# says and what it declares, so that the page cannot tell of another library.
# -v version=0.1.0
BEGIN {
	print ".TH LIBCLAQUE 3 \"\" \"claque " version "\" \"Library Functions Manual\""
	print ".SH NAME\nlibclaque \\- finds and explains coordinated behaviour among accounts"
	print ".SH SYNOPSIS\n.nf\n.B #include <claque/score.h>\n.sp"
	print ".B cc program.c $(pkg\\-config \\-\\-cflags \\-\\-libs claque)\n.fi"
	print ".SH DESCRIPTION"
	print "The scoring engine of\n.BR claque (1)\nfor other programs. A caller makes a dataset,"
	print "adds accounts, objects and shares to it and seals it; scores it; and reads the groups"
	print "with the reasons for and against each. The library reads no file, prints nothing and"
	print "needs the C library only. Functions return a code of\n.IR \"enum claque_rc\" ;\nwhat is wrong"
	print "is told in the\n.I struct claque_err\nthat the caller owns. What a method is and where it"
	print "comes from is told in\n.BR claque\\-method (7).\nThe comments of the headers tell shapes,"
	print "units, ranges and who owns what."
}
# What roff would take for its own.
function text(s)
{
	gsub(/\\/, "\\e", s)
	gsub(/-/, "\\-", s)
	return s ~ /^[.']/ ? "\\&" s : s
}
FNR == 1 { state = "head"; declared = 0; held = "" }
state == "head" && / claque\/[a-z]*\.h - / {
	name = $2
	print ".SS <" name ">"
	sub(/.* - /, "")
	print text(toupper(substr($0, 1, 1)) substr($0, 2))
	state = "says"
	next
}
state == "says" {
	if (/\*\//) {
		state = "declares"
		next
	}
	sub(/^ \* ?/, "")
	print $0 == "" ? ".sp" : text($0)
	next
}
# A declaration begins at the margin and ends with the parenthesis that closes it.
state == "declares" && held == "" && /^[A-Za-z].*claque_[a-z0-9_]+\(/ && !/^(typedef|static)/ { held = $0 }
state == "declares" && held != "" {
	if (held != $0) {
		sub(/^[ \t]+/, "")
		held = held " " $0
	}
	if (held !~ /;/)
		next
	gsub(/CLAQUE_CHECKED /, "", held)
	if (!declared++)
		print ".sp\n.nf"
	else
		print ".br"
	n = split(held, word, " ")
	line = ""
	for (i = 1; i <= n; i++) {
		if (length(line) + length(word[i]) > 72) {
			print text(line)
			line = "       "
		}
		line = line (line == "" || line ~ / $/ ? "" : " ") word[i]
	}
	print text(line)
	held = ""
}
state == "declares" && /^#endif/ && declared { print ".fi"; declared = 0 }
END {
	print ".SH EXAMPLES\n.I example.c\namong the documents of the package: a page of C."
	print ".SH SEE ALSO\n.BR claque (1),\n.BR claque\\-method (7)"
}
