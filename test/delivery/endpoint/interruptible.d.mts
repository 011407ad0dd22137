/** Types of what stands beside this, for tests in TypeScript. */
import type { ChildProcess } from 'node:child_process';

export declare const folder: string;
export declare const children: ChildProcess[];
export declare function start(program: string, ...words: readonly string[]): { readonly text: string };
export declare function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void>;
export declare function freePort(): Promise<number>;
