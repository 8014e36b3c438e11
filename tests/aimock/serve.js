// Serves the fixtures of a file on a free port of this machine, and prints its address. What moderation says can't be
// written in such a file.
import { LLMock } from "@copilotkit/aimock";

const server = new LLMock({ host: "127.0.0.1", port: 0, strict: true, logLevel: "silent" });
server.loadFixtureFile(process.argv[2]);
server.onModerate("sword", { flagged: true, categories: { violence: true } });
server.onModerate(/.*/, { flagged: false, categories: {} });
console.log(await server.start());

// The end of the tests is the end of their side of this pipe, however they end.
process.stdin.on("end", () => process.exit(0)).resume();
