import { readSettings } from './read-settings.js';
import { startSandbox } from './start-sandbox.js';

/** The sandbox alone, for a second terminal or a container: `npm run start:sandbox`. */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const sandbox = await startSandbox({ ...settings, logger: (message) => console.error(message) });
  const stop = (): void => {
    sandbox.close().then(
      () => process.exit(0),
      (error: Error) => {
        console.error(error.message);
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(
    JSON.stringify({
      apiUrl: sandbox.apiUrl,
      checkoutUrl: sandbox.checkoutUrl,
      controlUrl: sandbox.controlUrl,
      authorizeUrl: sandbox.authorizeUrl,
      tokensUrl: sandbox.tokensUrl,
      caFile: `${settings.stateDir}/ca.pem`,
    }),
  );
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
