/** That an engine of WebAssembly has taken the memory it is said to need before anybody calls it, and that nothing else is touched. */
import { whileMemoryIsTakenAtOnce } from '../../../lib/stacks/validator/memory-at-once';

/** Node’s types have nothing of WebAssembly but names. */
const wasm = (): {
  Module: new (code: Uint8Array) => object;
  Instance: new (module: object, imports: object) => object;
} => Reflect.get(globalThis, 'WebAssembly');

/** Exports what it imports: functions by these names. */
function engine(names: readonly [take: string, giveBack: string]): object {
  const text = (name: string) => [name.length, ...Buffer.from(name)];
  const section = (id: number, ...content: readonly number[]) => [id, content.length, ...content];
  const [I32, FUNCTION] = [0x7f, 0x60];
  const types = section(1, 2, FUNCTION, 2, I32, I32, 1, I32, FUNCTION, 3, I32, I32, I32, 0);
  const imports = section(2, 2, ...text('t'), ...text('take'), 0, 0, ...text('t'), ...text('give'), 0, 1);
  const exported = section(7, 2, ...text(names[0]), 0, 0, ...text(names[1]), 0, 1);
  return new (wasm().Module)(
    Uint8Array.from([0, ...Buffer.from('asm'), 1, 0, 0, 0, ...types, ...imports, ...exported]),
  );
}

function madeBy(names: readonly [string, string]) {
  const called: number[][] = [];
  const take = (...given: number[]) => {
    called.push(given);
    return 4096;
  };
  const give = (...given: number[]) => void called.push(given);
  return { called, instance: new (wasm().Instance)(engine(names), { t: { take, give } }) };
}

const RUST = ['__wbindgen_malloc', '__wbindgen_free'] as const;

test('takes it in one piece and gives it back to its allocator', () => {
  const { called, instance } = whileMemoryIsTakenAtOnce(3, () => madeBy(RUST));
  expect(called).toEqual([
    [3 * 2 ** 20, 16],
    [4096, 3 * 2 ** 20, 16],
  ]);
  expect(instance).toBeInstanceOf(wasm().Instance);
});

test('leaves one alone that has no such allocator', () => {
  expect(whileMemoryIsTakenAtOnce(3, () => madeBy(['malloc', 'free'])).called).toEqual([]);
});

test('leaves alone what is made afterwards, also after a failure', () => {
  const fails = () => {
    throw new Error('no engine');
  };
  expect(() => whileMemoryIsTakenAtOnce(3, fails)).toThrow('no engine');
  expect(madeBy(RUST).called).toEqual([]);
});
