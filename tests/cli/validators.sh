# shellcheck shell=sh disable=SC2154
# validators.sh - exports read by tools that we did not write; to be sourced after
# lib.sh. What is not installed is said and left out.

has() {
	command -v "$1" >/dev/null || {
		echo "not checked by $1: it is not installed"
		return 1
	}
}

# read_back MODULE CODE FILE: how many nodes and edges a Python library finds. The
# distribution's own Python has the distribution's packages, whatever the path names first.
read_back() {
	for python in python3 /usr/bin/python3; do
		"$python" -c "import $1" 2>/dev/null || continue
		"$python" -c "import sys, $1; $2" "$3"
		return
	done
	echo "not checked by Python's $1: it is not installed" >&2
	return 1
}

# valid_graphs CASE: as many nodes and edges come back as the case has.
valid_graphs() {
	for form in graphml gexf dot; do
		"$claque" export "$1" --to $form --out "$work/g.$form" --replace >/dev/null || complain "$form of $1"
	done
	want="$(grep -c '<node ' "$work/g.graphml") $(grep -c '<edge ' "$work/g.graphml")"
	echo "$1: nodes and edges $want"
	if has xmllint; then
		xmllint --nonet --noout "$work/g.graphml" || complain "xmllint refuses GraphML"
		if [ -e "${CLAQUE_SHARED:-}/data/schemas/gexf-1.3/gexf.xsd" ]; then
			xmllint --nonet --noout --schema "$CLAQUE_SHARED/data/schemas/gexf-1.3/gexf.xsd" \
				"$work/g.gexf" 2>"$work/err" || complain "GEXF is not of its schema: $(head -n 3 "$work/err")"
		else
			echo "not checked against the schema of GEXF: it is not under CLAQUE_SHARED"
		fi
	fi
	if has gc; then
		got=$(gc -n -e "$work/g.dot" | awk '{ print $1, $2 }')
		[ "$got" = "$want" ] || complain "Graphviz counts $got"
	fi
	got=$(read_back igraph 'g = igraph.Graph.Read_GraphML(sys.argv[1]); print(g.vcount(), g.ecount())' \
		"$work/g.graphml") && [ "$got" != "$want" ] && complain "igraph reads $got"
	got=$(read_back networkx 'g = networkx.read_graphml(sys.argv[1], force_multigraph=True)
print(g.number_of_nodes(), g.number_of_edges())' "$work/g.graphml") &&
		[ "$got" != "$want" ] && complain "networkx reads $got"
	return 0
}

# node_modules: the folder with ajv, fetched once into the build folder; fails saying why not.
node_modules() {
	node=$(cd "${top_builddir:-.}" && pwd)/node-tools
	[ -d "$node/node_modules/ajv-draft-04" ] && return 0
	has node && has npm || return 1
	mkdir -p "$node"
	(cd "$node" && timeout 15 npm install --silent --no-audit --no-fund --no-save \
		ajv@8 ajv-formats ajv-draft-04 >npm.log 2>&1) && return 0
	echo "not checked by ajv: the registry of npm does not answer"
	return 1
}

# valid_stix CASE: its bundles pass our own checker, and the schemas of OASIS by ajv.
valid_stix() {
	for flavour in strict opencti; do
		status 0 "$claque" export "$1" --to stix --flavour $flavour --out "$work/s.$flavour.json" --replace
		status 0 "$claque" check "$work/s.$flavour.json" --flavour $flavour
	done
	tail -n 1 "$work/out"
	schemas=${CLAQUE_SHARED:-/nonexistent}/tools/stix-check.mjs
	[ -e "$schemas" ] || {
		echo "not checked against the schemas of OASIS: they are not under CLAQUE_SHARED"
		return 0
	}
	node_modules || return 0
	STIX_CHECK_MODULES=$node node "$schemas" "$work/s.strict.json" >"$work/ajv" 2>&1 ||
		complain "ajv refuses the bundle of $1: $(grep -v idn-hostname "$work/ajv" | head -n 5)"
	grep ', 0 problems' "$work/ajv" | sed "s,^$work/,ajv: ,"
}

# valid_misp CASE: its event is of MISP's schema.
valid_misp() {
	status 0 "$claque" export "$1" --to misp --out "$work/misp.json" --replace
	schema=${CLAQUE_SHARED:-/nonexistent}/data/schemas/misp-schema-lax.json
	[ -e "$schema" ] || {
		echo "not checked against the schema of MISP: it is not under CLAQUE_SHARED"
		return 0
	}
	node_modules || return 0
	NODE_TOOLS=$node node "$srcdir/tests/cli/misp-check.mjs" "$schema" "$work/misp.json" 2>"$work/err" ||
		complain "ajv refuses the event of $1: $(cat "$work/err")"
}

# valid_page CASE: its page is HTML to html-validate, of npm, and to tidy.
valid_page() {
	status 0 "$claque" export "$1" --to html --out "$work/page.html" --replace
	[ "$(grep -c '<h2 id="part-' "$work/page.html")" = 20 ] || complain "the page has 20 parts"
	grep -qi -e '<script' -e 'https*://' -e ' on[a-z]*=' -e 'url(' "$work/page.html" &&
		complain "the page of $1 runs or fetches something"
	if has tidy; then
		tidy -e -q "$work/page.html" >"$work/err" 2>&1
		[ $? -lt 2 ] || complain "tidy refuses the page: $(grep Error "$work/err" | head -n 3)"
	fi
	validator=$(cd "${top_builddir:-.}" && pwd)/node-page
	has node && has npm || return 0
	mkdir -p "$validator"
	[ -x "$validator/node_modules/.bin/html-validate" ] ||
		(cd "$validator" && timeout 15 npm install --silent --no-audit --no-fund --no-save \
			html-validate@10 >npm.log 2>&1) || {
		echo "not checked by html-validate: the registry of npm does not answer"
		return 0
	}
	(cd "$validator" && node_modules/.bin/html-validate "$work/page.html") >"$work/err" 2>&1 ||
		complain "html-validate refuses the page of $1: $(head -n 5 "$work/err")"
}
