/*
 * page_look.c - the frame of the page: its policy, its look, its marking.
 *
 * One file that fetches nothing and runs nothing: the policy forbids both, whatever a mistake
 * elsewhere might let through. The marking is on top of the screen, of every printed sheet
 * (margin boxes: Chromium from 131, WeasyPrint) and at the end. Colours of the marking are
 * FIRST's; the others change with the reader's preference for dark or light.
 */
#include "config.h"

#include "export/page.h"

#include "base/clock.h"
#include "export/look.h"

static const char style_look[] =
	LOOK_COLOURS
	"*{box-sizing:border-box}\n"
	"body{margin:0 auto;max-width:62rem;padding:0 1.25rem 3rem;background:var(--bg);"
	"color:var(--fg);font:16px/1.5 system-ui,\"Liberation Sans\",\"Noto Sans\",sans-serif;"
	"overflow-wrap:anywhere}\n"
	"h1{font-size:1.7rem;line-height:1.25;margin:1.2rem 0 .4rem}\n"
	"h2{font-size:1.25rem;margin:2.4rem 0 .6rem;padding-top:.5rem;"
	"border-top:2px solid var(--line)}\n"
	"h3{font-size:1.05rem;margin:1.4rem 0 .4rem}h4{font-size:.95rem;margin:1rem 0 .3rem}\n"
	"p{margin:.5rem 0;max-width:48rem}a{color:var(--link)}\n"
	".tlp{background:#000;font-weight:700;text-align:center;padding:.3rem;margin:0 -1.25rem;"
	"letter-spacing:.04em;max-width:none}.tlp.top{position:sticky;top:0;z-index:1}\n"
	".clear{color:#fff}.green{color:#33ff00}.amber{color:#ffc000}.red{color:#ff2b2b}\n"
	".bottom{font-size:1.08rem;border-left:4px solid var(--lead);padding:.6rem 1rem;"
	"background:var(--box)}\n"
	".missing,.note,.more,figcaption{color:var(--dim)}\n"
	".missing{border-left:4px solid var(--line);padding-left:.7rem}\n"
	".odd{color:var(--odd);border:1px solid;border-radius:3px;font-size:.85em;padding:0 .15em}\n"
	"nav ol{columns:2;column-gap:2rem;padding-left:1.6rem;margin:.4rem 0}\n"
	"code,pre{font:.88em/1.45 ui-monospace,\"Liberation Mono\",monospace}\n"
	"pre{background:var(--box);padding:.7rem;white-space:pre-wrap;border-radius:4px}\n";

static const char style_parts[] =
	".wide{overflow-x:auto;margin:.6rem 0}\n"
	"table{border-collapse:collapse;font-size:.86rem;width:100%}\n"
	"th,td{text-align:left;vertical-align:top;padding:.28rem .5rem;"
	"border-bottom:1px solid var(--line);min-width:3rem;max-width:24rem}\n"
	"th{font-weight:600;border-bottom:2px solid var(--line);overflow-wrap:normal}\n"
	".n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\n"
	"th.n{white-space:normal}\n"
	".id{font-size:.92em;min-width:7rem}th.id{font-size:inherit}.w{overflow-wrap:normal}\n"
	".text{min-width:11rem}\n"
	"del{background:var(--gone)}ins{background:var(--new)}\n"
	"article{border:1px solid var(--line);border-radius:6px;padding:.2rem 1rem 1rem;"
	"margin:1.2rem 0}\n"
	".claim{font-weight:600}.for{color:var(--for)}.against{color:var(--against)}\n"
	"dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem .9rem;margin:.5rem 0;"
	"font-size:.92rem}dt{color:var(--dim)}dd{margin:0}\n"
	"figure{margin:1rem 0}svg{width:100%;height:auto;display:block}\n"
	LOOK_LETTERS
	".bar{fill:var(--other)}.bar.lead{fill:var(--lead)}.axis{stroke:var(--line)}\n"
	".heat{fill:var(--other)}.heat.lead{fill:var(--lead)}\n"
	".inside{stroke:var(--lead);stroke-opacity:.28;fill:none}\n"
	".across{stroke:var(--fg);stroke-opacity:.4;stroke-width:.7;stroke-dasharray:3 2;fill:none}\n"
	".core{fill:var(--lead)}.periphery{fill:var(--other)}.ring{fill:none;stroke:var(--line)}\n"
	"svg text.name{font-weight:600;font-size:13px;fill:var(--fg);text-anchor:middle}\n";

static const char style_print[] =
	"@media print{:root{color-scheme:light;--bg:#fff;--fg:#000;--dim:#444;--line:#bbb;"
	"--box:#f4f4f4;--lead:#9a3412;--other:#7d8590;--odd:#b91c1c;--gone:#ffebe9;--new:#dafbe1;"
	"--link:#000;--for:#9a3412;--against:#1a7f37}\n"
	"body{max-width:none;padding:0;font-size:10pt}.tlp{margin:0}.tlp.top{position:static}\n"
	".tlp{-webkit-print-color-adjust:exact;print-color-adjust:exact}\n"
	"nav{display:none}.wide{overflow:visible}table{font-size:7.5pt;table-layout:auto}\n"
	"th,td,.id,.text{min-width:0;padding:.15rem .25rem}thead{display:table-header-group}\n"
	"tr,figure,dl,h2,h3,h4{break-inside:avoid}h2,h3,h4,.claim{break-after:avoid}\n"
	"a{text-decoration:none}}\n";

/* Margin boxes take a text, which is one of ours. */
static void
add_sheet(struct page *h)
{
	buf_addf(h->out, "@page{size:A4;margin:18mm 14mm;@top-center{content:\"%s\";"
		 "font:700 9pt sans-serif}@bottom-center{content:\"%s\";font:700 9pt sans-serif}"
		 "@bottom-right{content:counter(page) \" / \" counter(pages);font:8pt sans-serif}}\n",
		 tlp_marking(h->in->tlp), tlp_marking(h->in->tlp));
}

static void
add_marking(struct page *h, const char *where)
{
	static const char *const colours[TLP_COUNT] = {
		[TLP_CLEAR] = "clear", [TLP_GREEN] = "green", [TLP_AMBER] = "amber",
		[TLP_AMBER_STRICT] = "amber", [TLP_RED] = "red",
	};

	buf_addf(h->out, "<p class=\"tlp %s%s\">%s</p>\n",
		 colours[(unsigned)h->in->tlp < TLP_COUNT ? h->in->tlp : TLP_RED], where,
		 tlp_marking(h->in->tlp));
}

static void
add_contents(struct page *h)
{
	static const char *const titles[] = {
#define X(name, title) title,
		PAGE_PART_LIST(X)
#undef X
	};

	buf_addz(h->out, "<nav aria-label=\"Contents\">\n<ol>\n");
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		buf_addf(h->out, "<li><a href=\"#part-%zu\">%s</a></li>\n", i + 1, titles[i]);
	buf_addz(h->out, "</ol>\n</nav>\n");
}

void
page_open(struct page *h)
{
	struct arena scratch = h->scratch;

	buf_addz(h->out, LOOK_HEAD);
	buf_addf(h->out, "<title>Case file, %s</title>\n<style>\n%s%s%s", tlp_marking(h->in->tlp),
		 style_look, style_parts, style_print);
	add_sheet(h);
	buf_addz(h->out, "</style>\n</head>\n<body>\n");
	add_marking(h, " top");
	buf_addz(h->out, "<main>\n<h1>Case file: ");
	page_exact(h->out, scratch, str_of(h->in->case_name));
	buf_addz(h->out, "</h1>\n<p class=\"note\">Made at ");
	buf_add(h->out, clock_text(&scratch, h->in->made_at, CLOCK_RFC3339));
	buf_addz(h->out, " with claque ");
	page_exact(h->out, scratch, str_of(h->in->version));
	buf_addz(h->out, ". All times are UTC. Addresses are defanged, and none is a link.</p>\n");
	add_contents(h);
}

void
page_close(struct page *h)
{
	buf_addz(h->out, "</main>\n");
	add_marking(h, "");
	buf_addz(h->out, "</body>\n</html>\n");
}
