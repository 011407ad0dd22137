// CDK's own template validation starts a WebAssembly engine for each test file; the synth test turns it on where it counts.
process.env.CDK_VALIDATION = 'false';
// The clock and the terminal must not reach a test.
process.env.NO_COLOR = '1';
delete process.env.FORCE_COLOR;
// The SDK warns of each older Node; the Lambda runs on Node 24, and tests on whichever is here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
