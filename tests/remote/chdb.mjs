// chdb.mjs - as much of ClickHouse's HTTP as claque remote speaks, before chdb's engine:
// node chdb.mjs FOLDER PORT. One query at a time, and one session.
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder, port] = process.argv.slice(2);
const { Session } = createRequire(join(folder, "package.json"))("chdb");
const session = new Session(join(folder, "data"));
let turn = Promise.resolve(), current = "";

// The engine has one session for all: another's tables go when the next one comes.
async function enter(name) {
	if (name === current)
		return;
	current = name;
	for (const table of ["claque_edge", "claque_wanted"])
		await session.queryAsync(`DROP TEMPORARY TABLE IF EXISTS ${table}`);
}

// Rows come in a body of their own; chdb reads them from a file.
function statement(query, body) {
	const into = /^INSERT INTO (.*) FORMAT RowBinary$/s.exec(query ?? "");
	if (!into)
		return query ? `${query} ${body}` : body.toString();
	const file = join(folder, "rows");
	writeFileSync(file, body);
	return `INSERT INTO ${into[1]} SELECT * FROM file('${file}', RowBinary)`;
}

async function answer(request, response, body) {
	const url = new URL(request.url, "http://localhost");
	const format = url.searchParams.get("default_format") ?? "TabSeparated";
	try {
		await enter(url.searchParams.get("session_id") ?? current);
		const sql = statement(url.searchParams.get("query"), body);
		const result = await session.queryAsync(sql, { format });
		response.end(Buffer.from(result.bytes()));
	} catch (e) {
		console.error(e.message);
		response.writeHead(500).end(e.message);
	}
}

createServer((request, response) => {
	const parts = [];
	request.on("data", (part) => parts.push(part));
	request.on("end", () => {
		turn = turn.then(() => answer(request, response, Buffer.concat(parts)));
	});
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));
