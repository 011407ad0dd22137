/**
 * Has WebAssembly take its memory at once. The allocator of the validator’s engine asks for 64 kB at a time; beyond 64 MB V8 takes each
 * such step for a new buffer of the whole, and goes through its heap to let the one before go: some 60 times until the engine is made.
 */

/** As much of WebAssembly as is needed here: Node’s types have nothing of it but names. */
interface Host {
  WebAssembly: { Instance: new (module: object, imports?: object) => { readonly exports: Exports } };
}

interface Exports {
  /** As wasm-bindgen names them. @see https://github.com/rustwasm/wasm-bindgen/blob/main/src/rt/mod.rs */
  readonly __wbindgen_malloc?: (bytes: number, alignment: number) => number;
  readonly __wbindgen_free?: (address: number, bytes: number, alignment: number) => void;
}

const ALIGNMENT = 16;
const MB = 2 ** 20;

/**
 * Each instance that is made meanwhile takes so much, and gives it back to its own allocator, which keeps it for what comes. One that
 * has no such allocator is left as it is.
 */
export function whileMemoryIsTakenAtOnce<T>(megabytes: number, make: () => T): T {
  const { WebAssembly: here } = globalThis as unknown as Host;
  const { Instance } = here;
  here.Instance = class extends Instance {
    constructor(module: object, imports?: object) {
      super(module, imports);
      const { __wbindgen_malloc: take, __wbindgen_free: giveBack } = this.exports;
      const bytes = megabytes * MB;
      if (take !== undefined && giveBack !== undefined) giveBack(take(bytes, ALIGNMENT), bytes, ALIGNMENT);
    }
  };
  try {
    return make();
  } finally {
    here.Instance = Instance;
  }
}
