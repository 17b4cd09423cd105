// A mail server that keeps what it gets: prints its port, then one JSON line per message. STARTTLS with the key pair given by path.
const fs = require('fs');
const { SMTPServer } = require('smtp-server');

const [keyFile, certFile, kind] = process.argv.slice(2);
const server = new SMTPServer({
  key: fs.readFileSync(keyFile),
  cert: fs.readFileSync(certFile),
  authOptional: kind !== 'needs-auth',
  disabledCommands: kind === 'no-tls' ? ['STARTTLS'] : [],
  onAuth(auth, session, done) {
    if (auth.username === 'sender' && auth.password === 'right') return done(null, { user: auth.username });
    done(new Error('Invalid username or password'));
  },
  onRcptTo(address, session, done) {
    if (address.address.startsWith('unknown@')) return done(Object.assign(new Error('No such mailbox'), { responseCode: 550 }));
    if (address.address.startsWith('later@')) return done(Object.assign(new Error('Try again later'), { responseCode: 451 }));
    done();
  },
  onData(stream, session, done) {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => {
      console.log(JSON.stringify({ secure: session.secure, user: session.user || null, to: session.envelope.rcptTo.map((to) => to.address), raw: Buffer.concat(chunks).toString('base64') }));
      done();
    });
  },
});
server.on('error', (error) => console.error(error.message));
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.server.address().port })));
