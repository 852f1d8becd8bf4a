# quality.awk - the grades of all worlds as Markdown: mean and worst of each
# level, the targets beside them. One pass, plain awk.
BEGIN {
	FS = ","
	levels = split("L0 L1 L2 L3 L4 L5 needle2 needle3 no-handles no-bursts no-avatars " \
		"no-twins no-renames no-hours no-camouflage no-both-sides no-copies no-reshares " \
		"no-links no-lookalikes", level_at, " ")
	methods = split("claque coortweet osome luceri validated", method_at, " ")
	# AUC / AP / recall at 0.1 % of the design, by level.
	target["L1"] = ".999 / .995 / .95"; target["L2"] = ".998 / .990 / .93"
	target["L3"] = ".996 / .985 / .85"; target["L4"] = ".985 / .94 / .55"
	target["L5"] = ".94 / .75 / .15"; target["needle2"] = ".998 / .95 / .88"
	target["needle3"] = ".99 / .85 / .70"
	# Where more is worse.
	bad_if_high["flagged"] = bad_if_high["wrong_lead_groups"] = bad_if_high["seconds"] = 1
}
NR == 1 { next }
{
	at = $2 SUBSEP $3 SUBSEP $4 SUBSEP $5
	if (!((($1) in world))) { world[$1] = 1; worlds++; count[$2]++ }
	if ($4 == "flagged" && !($5 in kind)) { kind[$5] = ++kinds; kind_at[kinds] = $5 }
	if ($3 ~ /^without / && !($3 in removed)) { removed[$3] = ++removals; removed_at[removals] = $3 }
	if ($4 == "wrong_lead_groups") { note(at "of", $8 + 0, 1) }
	if ($6 == "") next
	note(at, $6 + 0, $4 in bad_if_high)
	if ($4 == "flagged" && $3 == "claque") {
		note("all" SUBSEP $5, $6 + 0, 1)
		if ($5 != "operation" && $5 != "spam") { wrong[$2] += $7; innocents[$2] += $8 }
	}
}
function note(at, x, high) {
	n[at]++
	sum[at] += x
	if (n[at] == 1 || (high ? x > worst[at] : x < worst[at])) worst[at] = x
}
function cell(level, method, measure, k,   at) {
	at = level SUBSEP method SUBSEP measure SUBSEP k
	if (!(at in n)) return "-"
	return n[at] > 1 ? sprintf("%.3f (%.3f)", sum[at] / n[at], worst[at]) : sprintf("%.3f", sum[at])
}
function most_flagged(k) {
	if (k == "spam") return ""
	return k == "organic" ? "0.05" : "0.5"
}
function percent(at) {
	return (at in n) ? sprintf("%.2f (%.2f)", 100 * sum[at] / n[at], 100 * worst[at]) : "-"
}
END {
	printf "# Quality: %d worlds, set %s, about %d posts each\n\n", worlds, set, posts
	print "Mean of the level, and its worst world in brackets.\n"
	print "| level | worlds | method | AUC | AP | recall at 0.1 % | recall at 1 % | target AUC / AP / recall |"
	print "|---|---|---|---|---|---|---|---|"
	for (l = 1; l <= levels; l++)
		for (m = 1; m <= methods; m++)
			if ((level_at[l] SUBSEP method_at[m] SUBSEP "auc" SUBSEP "") in n)
				printf "| %s | %d | %s | %s | %s | %s | %s | %s |\n", level_at[l],
					count[level_at[l]], method_at[m],
					cell(level_at[l], method_at[m], "auc", ""),
					cell(level_at[l], method_at[m], "average_precision", ""),
					cell(level_at[l], method_at[m], "recall_at_0.1%", ""),
					cell(level_at[l], method_at[m], "recall_at_1%", ""),
					method_at[m] == "claque" ? target[level_at[l]] : ""
	print "\n| level | lead precision | lead recall | NMI | ARI | twins F1 | renames AUC | domains AUC | seconds |"
	print "|---|---|---|---|---|---|---|---|---|"
	for (l = 1; l <= levels; l++)
		if (level_at[l] in count)
			printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", level_at[l],
				cell(level_at[l], "claque", "lead_precision", ""),
				cell(level_at[l], "claque", "lead_recall", ""),
				cell(level_at[l], "claque", "nmi", ""), cell(level_at[l], "claque", "ari", ""),
				cell(level_at[l], "claque", "twins_f1", ""),
				cell(level_at[l], "claque", "renames_auc", ""),
				cell(level_at[l], "claque", "domains_auc", ""),
				cell(level_at[l], "claque", "seconds", "")
	print "| target | | | | | .85 (L3) | .95 (L3) | .979 | |"
	print "\nAccounts flagged, in percent of their kind: mean of all worlds, worst world.\n"
	print "| kind | percent | target |\n|---|---|---|"
	for (k = 1; k <= kinds; k++)
		if (kind_at[k] != "operation")
			printf "| %s | %s | %s |\n", kind_at[k], percent("all" SUBSEP kind_at[k]),
				most_flagged(kind_at[k])
	print "\n| level | innocent accounts flagged | lead groups, mean (worst) | of which wrong, mean share (worst) |"
	print "|---|---|---|---|"
	for (l = 1; l <= levels; l++)
		if (level_at[l] in count) {
			groups = level_at[l] SUBSEP "claque" SUBSEP "wrong_lead_groups" SUBSEP ""
			printf "| %s | %d of %d (%.3f %%) | %.1f (%d) | %s |\n", level_at[l],
				wrong[level_at[l]], innocents[level_at[l]],
				100 * wrong[level_at[l]] / (innocents[level_at[l]] + 1e-9),
				sum[groups "of"] / (n[groups "of"] + 1e-9), worst[groups "of"],
				cell(level_at[l], "claque", "wrong_lead_groups", "")
		}
	if (removals > 0) {
		print "\nAblation: AUC, AP and recall at 0.1 % without the signal.\n"
		print "| removed | level | AUC | AP | recall at 0.1 % |\n|---|---|---|---|---|"
		for (r = 1; r <= removals; r++)
			for (l = 1; l <= levels; l++)
				if ((level_at[l] SUBSEP removed_at[r] SUBSEP "auc" SUBSEP "") in n)
					printf "| %s | %s | %s | %s | %s |\n", substr(removed_at[r], 9), level_at[l],
						cell(level_at[l], removed_at[r], "auc", ""),
						cell(level_at[l], removed_at[r], "average_precision", ""),
						cell(level_at[l], removed_at[r], "recall_at_0.1%", "")
	}
}
