/** A line that cannot be written, because the disk of the log is full, is lost; the program that wanted to say it goes on. */
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
