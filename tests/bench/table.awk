# table.awk - lines of measurements (lib.sh) to medians: bench.csv, and Markdown on stdout.
# csv: where bench.csv goes; sizes: posts, bytes of input, bytes of the case.
BEGIN {
	FS = ";"
	asked["import", "SQLite, .import, no index"] = "at most 1.5 times its time"
	asked["network", "ClickHouse, self-join"] = "at least 5 times faster"
	asked["network", "ClickHouse, the whole answer"] = "at least 5 times faster"
	asked["network", "R, data.table"] = "at least 100 times faster"
}
{
	key = $1 FS $2 FS $3
	if (!(key in rounds)) {
		order[++keys] = key
		if (!(($1, $2) in seen)) {
			seen[$1, $2] = 1
			stages[++stage_count] = $1 FS $2
		}
	}
	n = ++rounds[key]
	wall[key, n] = $4; cpu[key, n] = $5
	if ($6 > peak[key]) peak[key] = $6
	outcome[key] = $7
}
function median(of, key,	n, i, k, v, a) {
	n = rounds[key]
	for (i = 1; i <= n; i++) {
		v = of[key, i]
		if (v == "") return ""
		for (k = i - 1; k > 0 && a[k] > v + 0; k--) a[k + 1] = a[k]
		a[k + 1] = v + 0
	}
	return a[int((n + 1) / 2)]
}
function seconds(s) {
	return s == "" ? "-" : sprintf(s < 10 ? "%.3f" : "%.1f", s)
}
function times(theirs, ours) {
	return theirs == "" || ours == "" || ours + 0 == 0 ? "-" : sprintf("%.2f", theirs / ours)
}
# Of the least squares line through log time over log posts.
function slope(of, what,	i, part, x, y, n, sx, sy, sxx, sxy) {
	for (i = 1; i <= keys; i++) {
		split(order[i], part, FS)
		if (part[2] != what || part[3] != "claque" || outcome[order[i]] != "ok") continue
		y = median(of, order[i])
		if (y == "" || y <= 0) continue
		x = log(part[1]); y = log(y)
		n++; sx += x; sy += y; sxx += x * x; sxy += x * y
	}
	return n < 2 || n * sxx - sx * sx < 1e-9 ? "-" : sprintf("%.2f", (n * sxy - sx * sy) / (n * sxx - sx * sx))
}
# What is asked of an import beside what .import does: rows in a table.
function print_imports(	s, part, base, theirs) {
	print "\n| import, posts | .import s | to the last row, times | all derived, times | of .import and indexes |\n|---|---|---|---|---|"
	for (s = 1; s <= stage_count; s++) {
		split(stages[s], part, FS)
		if (part[2] != "import") continue
		base = part[1] FS "import" FS
		theirs = median(wall, base "SQLite, .import, no index")
		printf "| %s | %s | %s | %s | %s |\n", part[1], seconds(theirs),
			times(median(wall, base "claque, to the last row"), theirs),
			times(median(wall, base "claque"), theirs),
			times(median(wall, base "claque"), median(wall, base "SQLite, .import and indexes"))
	}
}
# "times claque": what a rival takes, claque's time being 1; below 1 it is the faster one.
END {
	print "posts,what,program,rounds,wall_s,processor_s,peak_mb,outcome" >csv
	print "| posts | what | program | wall s | processor s | peak MB | times claque, wall | processor | asked of claque |"
	print "|---|---|---|---|---|---|---|---|---|"
	for (s = 1; s <= stage_count; s++)
		for (i = 1; i <= keys; i++) {
			split(order[i], part, FS)
			if (part[1] FS part[2] != stages[s]) continue
			key = order[i]; ours = stages[s] FS "claque"
			w = median(wall, key); c = median(cpu, key)
			mb = peak[key] > 0 ? sprintf("%.0f", peak[key] / 1024) : "-"
			printf "%s,\"%s\",\"%s\",%d,%s,%s,%s,%s\n", part[1], part[2], part[3], rounds[key], w, c, mb, outcome[key] >csv
			rival = part[3] != "claque"
			printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", part[1], part[2], part[3],
				outcome[key] == "ok" ? seconds(w) : outcome[key], outcome[key] == "ok" ? seconds(c) : "-", mb,
				rival && outcome[key] == "ok" ? times(w, median(wall, ours)) : "",
				rival && outcome[key] == "ok" ? times(c, median(cpu, ours)) : "",
				asked[part[2], part[3]]
		}
	print "\nnetwork: claque reads its case, and gives each pair what chance expects of it, p, q and how fast the two"
	print "are beside others; rivals count the pairs of a table that is loaded, and claque, pairs counted only, of"
	print "shares in memory: that is what one may hold against them. The whole answer is what ClickHouse takes"
	print "for the same edges with all that claque says of them (claque remote)."
	print_imports()
	print "\nGrowth: the exponent of the posts in claque's time (1.1 at most is asked of import and score).\n"
	print "| what | wall | processor |\n|---|---|---|"
	for (s = 1; s <= stage_count; s++) {
		split(stages[s], part, FS)
		if (part[2] in grown) continue
		grown[part[2]] = 1
		printf "| %s | %s | %s |\n", part[2], slope(wall, part[2]), slope(cpu, part[2])
	}
	print "\n| posts | input bytes | case bytes | case / input | bytes a post |\n|---|---|---|---|---|"
	while ((getline line <sizes) > 0) {
		split(line, part, " ")
		printf "| %s | %s | %s | %.2f | %.0f |\n", part[1], part[2], part[3], part[3] / part[2], part[3] / part[1]
	}
	print ""
}
