# table.awk - tests/screen/SCREENS as a table in Markdown, with the figures of each golden.
BEGIN {
	FS = "\t"
	print "| screen or overlay | `claque screen CASE ...` | keys from the first screen | goldens |"
	print "|---|---|---|---|"
}
/^#/ || NF == 0 { next }
{
	file = dir "/" $1 ".map"
	n = 0
	while ((getline row < file) > 0)
		if (row ~ /^=== /)
			n++
	close(file)
	command = $3 ($4 == "-" ? "" : " --keys '" $4 "'")
	keys = $5 == "-" ? "" : "`` " $5 " ``"
	gsub(/\|/, "\\|", command)
	gsub(/\|/, "\\|", keys)
	printf "| %s (%s) | `%s` | %s | %d: %s |\n", $1, $2, command, keys, n, n == 6 ? \
		"120x36 and 80x24, each UTF-8, ASCII, mono" : "?"
}
