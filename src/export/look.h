/* look.h - the colours and the lettering that pages and figures have in common. */
#ifndef EXPORT_LOOK_H
#define EXPORT_LOOK_H

#define LOOK_LIGHT \
	"--bg:#fff;--fg:#1b1f24;--dim:#57606a;--line:#d0d7de;" \
	"--box:#f6f8fa;--lead:#9a3412;--other:#7d8590;--odd:#b91c1c;--gone:#ffebe9;--new:#dafbe1;" \
	"--link:#0b57d0;--for:#9a3412;--against:#1a7f37"
#define LOOK_DARK \
	"--bg:#0d1117;--fg:#e6edf3;--dim:#9198a1;" \
	"--line:#3d444d;--box:#161b22;--lead:#f0883e;--other:#6e7681;--odd:#ff7b72;--gone:#5a1e21;" \
	"--new:#1b4721;--link:#79b8ff;--for:#f0883e;--against:#56d364"
/* A document up to its title, with a policy that lets it fetch and run nothing. */
#define LOOK_HEAD \
	"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n" \
	"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; " \
	"style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n" \
	"<meta name=\"referrer\" content=\"no-referrer\">\n" \
	"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
#define LOOK_COLOURS \
	":root{color-scheme:light dark;" LOOK_LIGHT "}\n" \
	"@media (prefers-color-scheme:dark){:root{" LOOK_DARK "}}\n"
#define LOOK_LETTERS \
	"svg text{fill:var(--dim);font:11px system-ui,\"Liberation Sans\",sans-serif}\n"

#endif
