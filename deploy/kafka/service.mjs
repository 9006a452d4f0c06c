// One service in a process of its own, which ends when whoever started it has ended, however that came about.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// Listening alone must not keep a process that has nothing else to do.
process.channel?.unref();

await import(`../../dist/apps/${process.argv[2]}/src/main.js`);
